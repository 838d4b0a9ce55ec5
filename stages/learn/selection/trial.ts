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
  /** The value at each rung, the more the better: what a pruner judges by; none where nothing is pruned. */
  readonly rungs: readonly number[];
  /** Whether it was given up: then the scores are those of the first folds alone. */
  readonly pruned: boolean;
}

export interface MetricScores {
  /** On the questions of each fold, by a classifier fitted on the others. */
  readonly folds: readonly number[];
  readonly mean: number;
  /** Of the population: divided by the number of folds. */
  readonly std: number;
}

/** The mean of a metric, turned so that more is better. */
export const valueOf = ({ metrics }: Pick<TrialScores, 'metrics'>, metric: Metric): number =>
  metric.endsWith('_loss') ? -metrics[metric].mean : metrics[metric].mean;
