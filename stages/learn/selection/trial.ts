/**
 * A candidate that was tried.
 *
 * @module
 */

import type { Candidate } from './space.ts';

/** By these a candidate is scored; the names and meanings are scikit-learn's. */
export const METRICS = ['f1_micro', 'hamming_loss', 'subset_accuracy'] as const;

export type Metric = (typeof METRICS)[number];

export interface Trial {
  readonly candidate: Candidate;
  readonly scores: TrialScores;
}

export interface TrialScores {
  /** A tag was given where its score was above. */
  readonly threshold: number;
  readonly metrics: Readonly<Record<Metric, MetricScores>>;
  /** Fits of a label, of all folds, that stopped before they were within `tol`. */
  readonly unconverged: number;
}

export interface MetricScores {
  /** On the questions of each fold, by a classifier fitted on the others. */
  readonly folds: readonly number[];
  readonly mean: number;
  /** Of the population: divided by the number of folds. */
  readonly std: number;
}
