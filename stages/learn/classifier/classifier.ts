/**
 * A fitted classifier of any kind, and the scores that it gives.
 *
 * A score above 0 is what scikit-learn's `OneVsRestClassifier` predicts a label by; by how much it is above has each kind's
 * own unit:
 *
 * | kind | score |
 * |---|---|
 * | `linear` | margin of `linear_svc` and `sgd`; log-odds of `logistic_regression`; log-likelihood ratio of `complement_nb` |
 * | `neighbors` | the share of the neighbours' votes, minus 0.5 |
 * | `forest` | the mean share of the leaves' rows, minus 0.5 |
 * | `boosted` | log-odds |
 *
 * @module
 */

import { createRowScorer, decisionFunction, type LinearModel } from '../linear/index.ts';
import { createNeighborsScorer, type NeighborsModel } from '../neighbors/index.ts';
import type { Csr } from '../sparse/index.ts';
import {
  type BoostedTreesModel,
  createBoostedTreesScorer,
  createForestScorer,
  type ForestModel,
} from '../trees/index.ts';

export type Classifier = LinearModel | NeighborsModel | ForestModel | BoostedTreesModel;

/** What a fit of any kind gives. */
export interface ClassifierFit {
  readonly model: Classifier;
  /** Length labels: what the kind counts; 0 where nothing is repeated. */
  readonly iterations: Uint32Array;
  /** Labels whose fit stopped before it was within its tolerance, ascending. */
  readonly unconverged: readonly number[];
}

/**
 * @param X Shape (rows, features).
 * @returns Shape (rows, labels), row by row. A row's scores do not depend on the others.
 * @throws {RangeError} If X has other features than the classifier.
 */
export const scoreClassifier = (classifier: Classifier, X: Csr): Float64Array =>
  classifier.kind === 'linear' ? decisionFunction(classifier, X) : createScorer(classifier)(X);

/** `scoreClassifier` made ready for few rows at a time, often: the same bits. */
export function createScorer(classifier: Classifier): (X: Csr) => Float64Array {
  switch (classifier.kind) {
    case 'linear':
      return createRowScorer(classifier);
    case 'neighbors':
      return createNeighborsScorer(classifier);
    case 'forest':
      return createForestScorer(classifier);
    case 'boosted':
      return createBoostedTreesScorer(classifier);
  }
}
