/**
 * Classifiers beside the first one: their scores are what the second stage weighs too.
 *
 * One that sees the same questions through other features is wrong about others of them.
 *
 * @module
 */

import type { Classifier } from '../classifier/index.ts';
import { createTransformer, type Featurizer, type Fields, fitFeaturizer } from '../features/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { FitSettings, FurtherSettings } from './settings.ts';

export interface FurtherClassifier {
  /** Null: it takes the rows of the first classifier. */
  readonly featurizer: Featurizer | null;
  readonly classifier: Classifier;
}

/** A classifier to be fitted, with the rows that it is fitted on. */
export interface Learner {
  readonly settings: FurtherSettings;
  /** Null: that of the first classifier. */
  readonly featurizer: Featurizer | null;
  readonly X: Csr;
}

/**
 * @param X Shape (questions, columns): what the first classifier sees.
 * @returns That of `train`, then those of the second stage.
 * @throws {RangeError} If blocks cannot be fitted; the message begins with their place: `second_stage.classifiers.0.blocks.0`.
 */
export function learnersOf(
  { train, second_stage }: FitSettings,
  questions: readonly Fields[],
  classes: readonly string[],
  X: Csr,
): readonly Learner[] {
  const further = (second_stage?.classifiers ?? []).map((settings, place): Learner => {
    const { blocks } = settings;
    if (blocks === undefined) return { settings, featurizer: null, X };
    const { featurizer, matrix } = inPlace(place, () => fitFeaturizer({ blocks }, questions, classes));
    return { settings, featurizer, X: matrix };
  });
  return [{ settings: train, featurizer: null, X }, ...further];
}

function inPlace<T>(place: number, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`second_stage.classifiers.${place}.${error.message}`, { cause: error });
  }
}

/**
 * The scores of all classifiers, made ready once.
 *
 * @param scorerOf Makes one of them ready.
 * @returns From questions, and their rows by the features of the first, to shape (questions, classes) of each.
 */
export function createFirstStage(
  {
    classifier,
    further,
  }: { readonly classifier: Classifier; readonly further: readonly FurtherClassifier[] },
  scorerOf: (classifier: Classifier) => (X: Csr) => Float64Array,
): (questions: readonly Fields[], X: Csr) => readonly Float64Array[] {
  const score = scorerOf(classifier);
  const others = further.map((other) => ({
    transform: other.featurizer && createTransformer(other.featurizer),
    score: scorerOf(other.classifier),
  }));
  return (questions, X) => [
    score(X),
    ...others.map((other) => other.score(other.transform === null ? X : other.transform(questions))),
  ];
}
