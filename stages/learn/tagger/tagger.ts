/**
 * A fitted tagger, and the tags that it gives.
 *
 * @module
 */

import { applyCalibration, type Calibration } from '../calibration/index.ts';
import { type Classifier, scoreClassifier } from '../classifier/index.ts';
import { type Decision, decide } from '../decision/index.ts';
import { type Featurizer, type Fields, transformFeatures } from '../features/index.ts';
import type { LabelMatrix } from '../labels/index.ts';
import {
  createRerank,
  createTagByName,
  type GivenByName,
  type NamedTags,
  type Rerank,
  type Reranker,
} from '../rerank/index.ts';
import { createFirstStage, type FurtherClassifier } from './further.ts';

export interface Tagger {
  /** The tags that it knows, by name. */
  readonly classes: readonly string[];
  readonly featurizer: Featurizer;
  readonly classifier: Classifier;
  /** Others, whose scores the second stage weighs too; none where there is no second stage. */
  readonly further: readonly FurtherClassifier[];
  /** Weighs the classifiers' scores again; null: those of the first are the last word. */
  readonly secondStage: Reranker | null;
  /** From scores to tags. */
  readonly decision: Decision;
  /** Gives tags beside the classes to questions that name them; null: there are none. */
  readonly namedTags: NamedTags | null;
  /** From scores to probabilities; null where it was fitted without. */
  readonly calibration: Calibration | null;
}

/** What comes after the classifiers' scores, made ready once: of each, shape (questions, classes), to one of that shape. */
export const createSecondStage = ({ secondStage, classes }: Tagger): Rerank =>
  secondStage === null ? (_questions, [first]) => first! : createRerank(secondStage, classes);

/** Shape (questions, classes), row by row: the scores that tags are decided by. */
export function scoreQuestions(tagger: Tagger, questions: readonly Fields[]): Float64Array {
  const X = transformFeatures(tagger.featurizer, questions);
  const scores = createFirstStage(tagger, (one) => (rows) => scoreClassifier(one, rows))(questions, X);
  return createSecondStage(tagger)(questions, scores);
}

/**
 * How probable each tag is, by the scores that questions have for it.
 *
 * @param scores Shape (questions, classes), row by row.
 * @returns The same shape, in [0, 1]; undefined where the tagger was fitted without a calibration.
 */
export const tagProbabilities = (
  { calibration }: Pick<Tagger, 'calibration'>,
  scores: Float64Array,
): Float64Array | undefined => (calibration === null ? undefined : applyCalibration(calibration, scores));

export interface PredictedTags {
  /** Shape (questions, classes), row by row: what they are decided by. */
  readonly scores: Float64Array;
  /** Shape (questions, classes). */
  readonly given: LabelMatrix;
  /** Other tags, by their names; null: there are none. */
  readonly byName: GivenByName | null;
}

export function predictTags(tagger: Tagger, questions: readonly Fields[]): PredictedTags {
  const { classes, decision, namedTags } = tagger;
  const scores = scoreQuestions(tagger, questions);
  const given = decide(decision, scores, questions.length, classes.length);
  return { scores, given, byName: namedTags === null ? null : createTagByName(namedTags)(questions, given) };
}
