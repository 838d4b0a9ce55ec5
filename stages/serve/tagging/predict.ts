/**
 * A question asked of a model: its tags, and why.
 *
 * @module
 */

import { createScorer } from '../../learn/classifier/index.ts';
import { decide } from '../../learn/decision/index.ts';
import { createTransformer, type Fields } from '../../learn/features/index.ts';
import type { LabelMatrix } from '../../learn/labels/index.ts';
import { createTagByName } from '../../learn/rerank/index.ts';
import {
  createFirstStage,
  createSecondStage,
  type Tagger,
  tagProbabilities,
} from '../../learn/tagger/index.ts';
import { type Feature, featureNamer } from './columns.ts';
import { type Word, wordsFor } from './words.ts';

/** Which tags are listed, and with how many words. */
export interface PredictOptions {
  /** So many of the best, whatever their scores; undefined: those that the model's decision gives. */
  readonly topK: number | undefined;
  /** Only those with a score above; undefined: no such limit. Without `topK` it takes the place of the decision. */
  readonly threshold: number | undefined;
  /** Words for each tag at most. */
  readonly words: number;
}

export interface TagPrediction {
  readonly tag: string;
  readonly score: number;
  /** In [0, 1]; null where the model was made without. */
  readonly probability: number | null;
  /** Whether the model's decision gives it. */
  readonly given: boolean;
  /** What raised the score most. */
  readonly words: readonly Word[];
}

export interface Prediction {
  /** By score, the highest first. */
  readonly tags: readonly TagPrediction[];
}

/** A prediction with what it was made from, for those who watch. */
export interface Asked {
  readonly prediction: Prediction;
  readonly question: Fields;
  /** Length classes: what the decision was made on. */
  readonly scores: Float64Array;
  /** Length classes; undefined where the model was made without. */
  readonly probabilities: Float64Array | undefined;
  /** The labels that the decision gives, ascending. */
  readonly given: Uint32Array;
  /** Tags that have no classifier, given by their names. */
  readonly byName: readonly TagPrediction[];
}

export interface Predictor {
  readonly predict: (question: Fields, options: PredictOptions) => Asked;
}

export function createPredictor(tagger: Tagger): Predictor {
  const { classes, featurizer, classifier, decision } = tagger;
  const transform = createTransformer(featurizer);
  const firstStage = createFirstStage(tagger, createScorer);
  const weighAgain = createSecondStage(tagger);
  const namedTags = namedTagger(tagger);
  const nameOf: (column: number) => Feature = featureNamer(featurizer);
  const labels = classes.length;
  return {
    predict: (question, { topK, threshold, words }) => {
      const X = transform([question]);
      const scores = weighAgain([question], firstStage([question], X));
      const probabilities = tagProbabilities(tagger, scores);
      const decided = decide(decision, scores, 1, labels);
      const isGiven = new Set(decided.indices);
      const listed = listLabels(scores, isGiven, topK, threshold);
      const byClassifier = listed.map((label) => ({
        tag: classes[label]!,
        score: scores[label]!,
        probability: probabilities?.[label] ?? null,
        given: isGiven.has(label),
        words: wordsFor(classifier, X, 0, label, words, nameOf),
      }));
      const byName = namedTags(question, decided);
      const named = byName.filter(({ score: odds }) => threshold === undefined || odds > threshold);
      const tags = [...byClassifier, ...named].sort((a, b) => b.score - a.score);
      const prediction: Prediction = { tags: tags.slice(0, topK ?? tags.length) };
      return { prediction, question, scores, probabilities, given: decided.indices, byName };
    },
  };
}

/** Tags that have no classifier, and so no words. */
function namedTagger({
  namedTags,
}: Tagger): (question: Fields, decided: LabelMatrix) => readonly TagPrediction[] {
  if (namedTags === null) return () => [];
  const tagByName = createTagByName(namedTags);
  return (question, decided) => {
    const { tags, given, odds } = tagByName([question], decided);
    return Array.from(given.indices, (tag, k) => ({
      tag: tags[tag]!,
      score: odds[k]!,
      probability: 1 / (1 + Math.exp(-odds[k]!)),
      given: true,
      words: [],
    }));
  };
}

/** By score, the highest first; of equal ones the lower label. */
function listLabels(
  scores: Float64Array,
  given: ReadonlySet<number>,
  topK: number | undefined,
  threshold: number | undefined,
): readonly number[] {
  const candidates =
    topK === undefined && threshold === undefined ? [...given] : Array.from(scores, (_, label) => label);
  return candidates
    .filter((label) => threshold === undefined || scores[label]! > threshold)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, topK ?? candidates.length);
}
