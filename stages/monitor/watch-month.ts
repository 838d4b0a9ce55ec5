/**
 * One month through the model: its scores, what is watched of it, and F1 as the model itself expects it.
 *
 * @module
 */

import type { CleanQuestion } from '../io/index.ts';
import {
  expectedF1,
  joinSamples,
  type Sample,
  type Vocabulary,
  watchPredictions,
  watchQuestions,
  watchTags,
} from '../learn/drift/index.ts';
import { binarizeLabels } from '../learn/labels/index.ts';
import { countByRow } from '../learn/metrics/index.ts';
import {
  predictTags,
  type Scores,
  scorePredicted,
  scoreTag,
  type Tagger,
  type TagScores,
  tagProbabilities,
} from '../learn/tagger/index.ts';

export interface WatchedMonth {
  readonly month: string;
  readonly scores: Scores;
  readonly tags: ReadonlyMap<string, TagScores>;
  /** Micro F1 over the known tags, without their truth; null where the model has no probabilities. */
  readonly expectedF1: number | null;
  /** For each question 1 where none of its tags was given, else 0. */
  readonly misses: readonly number[];
}

export function watchMonth(
  tagger: Tagger,
  vocabulary: Vocabulary | undefined,
  month: string,
  questions: readonly CleanQuestion[],
): WatchedMonth & { readonly sample: Sample } {
  const { classes } = tagger;
  const predicted = predictTags(tagger, questions);
  const { scores, given: decided } = predicted;
  const tagLists = questions.map(({ tags }) => tags);
  const { matrix } = binarizeLabels(classes, tagLists);
  const scored = scorePredicted(classes, questions, predicted);
  const probabilities = tagProbabilities(tagger, scores);
  return {
    month,
    scores: scored.scores,
    tags: new Map(scored.tags.map((counts) => [counts.tag, scoreTag(counts)])),
    expectedF1: (probabilities && expectedF1(probabilities, decided).f1) ?? null,
    misses: countByRow(matrix, decided).map(({ truePositives }) => (truePositives === 0 ? 1 : 0)),
    sample: joinSamples(
      watchQuestions(questions, vocabulary),
      watchTags(tagLists),
      watchPredictions(classes, scores, decided),
    ),
  };
}
