/**
 * How well a tagger does on questions whose tags are known.
 *
 * Metrics have the names, and the meanings by default, that scikit-learn gives them. A number without a meaning (no
 * question, nothing to divide by) is null.
 *
 * @module
 */

import type { Fields } from '../features/index.ts';
import { binarizeLabels } from '../labels/index.ts';
import {
  bootstrapMicroF1,
  type Counts,
  countByLabel,
  countByRow,
  f1Score,
  hammingLoss,
  labelRankingAveragePrecisionScore,
  macroAverage,
  microF1Estimate,
  precisionAtScore,
  precisionScore,
  recallAtScore,
  recallScore,
  subsetAccuracyScore,
  sumCounts,
} from '../metrics/index.ts';
import type { GivenByName } from '../rerank/index.ts';
import { compareCodePoints } from '../text/index.ts';
import { type PredictedTags, predictTags, type Tagger } from './tagger.ts';

/** Every key is a metric by itself. */
export interface Scores {
  readonly questions: number;
  /** Over the tags that the tagger knows. */
  readonly f1_micro: number | null;
  /** Its standard error, questions being what chance draws; null for fewer than two. */
  readonly f1_micro_se: number | null;
  /** Its 95 % interval. */
  readonly f1_micro_low: number | null;
  readonly f1_micro_high: number | null;
  /** The same interval by the bootstrap: questions drawn again, 1,000 times. */
  readonly f1_micro_bootstrap_low: number | null;
  readonly f1_micro_bootstrap_high: number | null;
  /** Over all true tags: those that the tagger does not know count as missed, unless they are given by name. */
  readonly f1_micro_all_tags: number | null;
  readonly precision_micro: number | null;
  readonly recall_micro: number | null;
  /** Mean over the known tags; 0 for one that is neither true nor predicted. */
  readonly f1_macro: number | null;
  /** Share of wrong cells of the table of questions and known tags. */
  readonly hamming_loss: number | null;
  /** Share of the questions with exactly their known tags. */
  readonly subset_accuracy: number | null;
  /** Label ranking average precision: how high the known tags of a question stand among all by score. */
  readonly lrap: number | null;
  /** Of the best tag, the three and the five best of a question: the share that it has. */
  readonly precision_at_1: number | null;
  readonly precision_at_3: number | null;
  readonly precision_at_5: number | null;
  /** Of the known tags of a question: the share that is among its five best; over the questions that have some. */
  readonly recall_at_5: number | null;
  /** Questions with a known tag. */
  readonly questions_with_known_tags: number;
  readonly true_positives: number;
  readonly false_positives: number;
  readonly false_negatives: number;
  /** Occurrences of tags that the tagger does not know. */
  readonly unknown_tags: number;
  /** Those of them that were given by name, rightly and wrongly. */
  readonly named_true_positives: number;
  readonly named_false_positives: number;
}

/** Questions with the tag, truly and as predicted. */
export interface TagCounts {
  readonly tag: string;
  readonly known: boolean;
  readonly true_positives: number;
  readonly false_positives: number;
  readonly false_negatives: number;
}

export interface ScoredTagger {
  readonly scores: Scores;
  /** The tags that are true or predicted somewhere: the known by name, then the others by name. */
  readonly tags: readonly TagCounts[];
}

/** Of the bootstrap. */
const RESAMPLES = 1000;

export const scoreTagger = (
  tagger: Tagger,
  questions: readonly (Fields & { readonly tags: readonly string[] })[],
): ScoredTagger => scorePredicted(tagger.classes, questions, predictTags(tagger, questions));

/** `scoreTagger` where the tags have been given already. */
export function scorePredicted(
  classes: readonly string[],
  questions: readonly { readonly tags: readonly string[] }[],
  { scores: ranked, given: predicted, byName }: PredictedTags,
): ScoredTagger {
  const { matrix, unknown } = binarizeLabels(
    classes,
    questions.map(({ tags }) => tags),
  );
  const counts = countByLabel(matrix, predicted);
  const total = sumCounts(counts);
  const outside = [...unknown.values()].reduce((sum, count) => sum + count, 0);
  const named = byName === null ? new Map<string, Counts>() : countNamed(byName, questions);
  const namedTotal = sumCounts(named.values());
  const f1ByTag = questions.length === 0 ? [] : counts.map((count) => f1Score(count, 0));
  const byQuestion = countByRow(matrix, predicted);
  const estimate = microF1Estimate(byQuestion);
  const bootstrap = bootstrapMicroF1(byQuestion, RESAMPLES, 0);
  const scores: Scores = {
    questions: questions.length,
    f1_micro: f1Score(total, undefined) ?? null,
    f1_micro_se: estimate?.standardError ?? null,
    f1_micro_low: estimate?.low ?? null,
    f1_micro_high: estimate?.high ?? null,
    f1_micro_bootstrap_low: bootstrap?.low ?? null,
    f1_micro_bootstrap_high: bootstrap?.high ?? null,
    f1_micro_all_tags:
      f1Score(
        {
          truePositives: total.truePositives + namedTotal.truePositives,
          falsePositives: total.falsePositives + namedTotal.falsePositives,
          falseNegatives: total.falseNegatives + outside - namedTotal.truePositives,
        },
        undefined,
      ) ?? null,
    precision_micro: precisionScore(total, undefined) ?? null,
    recall_micro: recallScore(total, undefined) ?? null,
    f1_macro: macroAverage(f1ByTag) ?? null,
    hamming_loss: hammingLoss(matrix, predicted) ?? null,
    subset_accuracy: subsetAccuracyScore(matrix, predicted) ?? null,
    lrap: labelRankingAveragePrecisionScore(matrix, ranked) ?? null,
    precision_at_1: precisionAtScore(matrix, ranked, 1) ?? null,
    precision_at_3: precisionAtScore(matrix, ranked, 3) ?? null,
    precision_at_5: precisionAtScore(matrix, ranked, 5) ?? null,
    recall_at_5: recallAtScore(matrix, ranked, 5) ?? null,
    questions_with_known_tags: byQuestion.filter(
      ({ truePositives, falseNegatives }) => truePositives + falseNegatives > 0,
    ).length,
    true_positives: total.truePositives,
    false_positives: total.falsePositives,
    false_negatives: total.falseNegatives,
    unknown_tags: outside,
    named_true_positives: namedTotal.truePositives,
    named_false_positives: namedTotal.falsePositives,
  };
  return { scores, tags: [...knownTags(classes, counts), ...unknownTags(unknown, named)] };
}

const knownTags = (classes: readonly string[], counts: readonly Counts[]): readonly TagCounts[] =>
  counts
    .map(({ truePositives, falsePositives, falseNegatives }, label) => ({
      tag: classes[label]!,
      known: true,
      true_positives: truePositives,
      false_positives: falsePositives,
      false_negatives: falseNegatives,
    }))
    .filter((tag) => tag.true_positives + tag.false_positives + tag.false_negatives > 0);

/** By tag. */
function countNamed(
  { tags, given }: GivenByName,
  questions: readonly { readonly tags: readonly string[] }[],
): ReadonlyMap<string, Counts> {
  const { matrix } = binarizeLabels(
    tags,
    questions.map((question) => question.tags),
  );
  return new Map(countByLabel(matrix, given).map((counts, tag) => [tags[tag]!, counts]));
}

/** @param named Those of them, and others, that are given by name. */
function unknownTags(
  unknown: ReadonlyMap<string, number>,
  named: ReadonlyMap<string, Counts>,
): readonly TagCounts[] {
  const given = [...named].filter(([, counts]) => counts.falsePositives > 0).map(([tag]) => tag);
  const tags = [...new Set([...unknown.keys(), ...given])].sort(compareCodePoints);
  return tags.map((tag) => {
    const { truePositives = 0, falsePositives = 0 } = named.get(tag) ?? {};
    return {
      tag,
      known: false,
      true_positives: truePositives,
      false_positives: falsePositives,
      false_negatives: (unknown.get(tag) ?? 0) - truePositives,
    };
  });
}
