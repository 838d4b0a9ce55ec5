/**
 * Micro F1 with what chance does to it, by drawing the questions again.
 *
 * @module
 */

import { createRandom, randomInteger } from '../random/index.ts';
import type { Estimate } from './estimate.ts';
import type { Counts } from './multilabel.ts';

/**
 * Each time as many questions as there are, drawn with replacement. The standard error is the standard deviation (n - 1)
 * of what they score, the interval goes from their 2.5 % to their 97.5 % quantile. `microF1Estimate` is the closed form.
 *
 * @param questions Counts of each; a resample in which nothing is true or predicted scores 0.
 * @param resamples At least 2; 1,000 and more for an interval.
 * @returns Undefined for fewer than two questions, and where nothing is true or predicted.
 * @see Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. O(resamples n).
 */
export function bootstrapMicroF1(
  questions: readonly Counts[],
  resamples: number,
  seed: number,
): Estimate | undefined {
  const n = questions.length;
  const hits = Float64Array.from(questions, ({ truePositives }) => 2 * truePositives);
  const sizes = Float64Array.from(
    questions,
    ({ truePositives, falsePositives, falseNegatives }) =>
      2 * truePositives + falsePositives + falseNegatives,
  );
  const whole = sum(sizes);
  if (n < 2 || whole === 0) return undefined;
  const random = createRandom(`bootstrap ${seed}`);
  const values = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let [hit, size] = [0, 0];
    for (let draw = 0; draw < n; draw++) {
      const i = randomInteger(random, n);
      hit += hits[i]!;
      size += sizes[i]!;
    }
    values[r] = size === 0 ? 0 : hit / size;
  }
  values.sort();
  const mean = sum(values) / resamples;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return {
    value: sum(hits) / whole,
    standardError: Math.sqrt(squares / (resamples - 1)),
    low: quantile(values, 0.025),
    high: quantile(values, 0.975),
  };
}

/** Between neighbours in proportion, as `numpy.quantile`. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0);
