/**
 * Which of the candidates is best.
 *
 * @module
 */

import { type Metric, type Trial, valueOf } from './trial.ts';

/**
 * The rank of each trial by the mean of a metric, as scikit-learn's `rank_test_*`: 1 for the best; equal ones share the
 * first of their ranks. One that was pruned has none: it is scored on other questions.
 */
export function rankTrials(trials: readonly Trial[], metric: Metric): readonly (number | undefined)[] {
  const costs = trials.map(({ scores }) => (scores.pruned ? undefined : -valueOf(scores, metric)));
  const sorted = Float64Array.from(costs.filter((cost) => cost !== undefined)).sort();
  return costs.map((cost) => (cost === undefined ? undefined : sorted.indexOf(cost) + 1));
}

/** The index of the best by a metric, the first of equal ones. @param trials At least one that was not pruned. */
export const bestTrial = (trials: readonly Trial[], metric: Metric): number =>
  rankTrials(trials, metric).indexOf(1);
