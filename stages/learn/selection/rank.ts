/**
 * Which of the candidates is best.
 *
 * @module
 */

import type { Metric, Trial } from './trial.ts';

/** Whether less of it is better. */
const isLoss = (metric: Metric): boolean => metric.endsWith('_loss');

/**
 * The rank of each trial by the mean of a metric, as scikit-learn's `rank_test_*`: 1 for the best; equal ones share the
 * first of their ranks.
 */
export function rankTrials(trials: readonly Trial[], metric: Metric): readonly number[] {
  const sign = isLoss(metric) ? 1 : -1;
  const costs = trials.map(({ scores }) => sign * scores.metrics[metric].mean);
  const sorted = Float64Array.from(costs).sort();
  return costs.map((cost) => sorted.indexOf(cost) + 1);
}

/** The index of the best by a metric, the first of equal ones. @param trials At least one. */
export const bestTrial = (trials: readonly Trial[], metric: Metric): number =>
  rankTrials(trials, metric).indexOf(1);
