/**
 * Control charts of a score that is to stay where it was: small falls that last are seen sooner than by one month's test.
 *
 * @see Montgomery, Introduction to Statistical Quality Control, 9
 * @module
 */

import { createRandom, type Random } from '../random/index.ts';

/** A score and its standard error. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

export interface CusumChart {
  /** How far the score has fallen in all, in standard errors: `S = max(0, S + (target - x) / se - k)`. */
  readonly sums: readonly number[];
  /** The slack, and the limit. */
  readonly k: number;
  readonly h: number;
  /** The first point above the limit. */
  readonly alarm: number | undefined;
}

/** Lower CUSUM, standardized. */
export function cusumChart(points: readonly Measured[], target: number, k = 0.5, h = 4): CusumChart {
  const sums: number[] = [];
  for (const { value, standardError } of points) {
    sums.push(Math.max(0, (sums.at(-1) ?? 0) + (target - value) / standardError - k));
  }
  return { sums, k, h, alarm: indexOrUndefined(sums, (sum) => sum > h) };
}

export interface EwmaChart {
  /** `z = λ x + (1 - λ) z`, with its control limits. */
  readonly points: readonly { readonly mean: number; readonly low: number; readonly high: number }[];
  readonly lambda: number;
  readonly limit: number;
  /** The first point below its lower limit. */
  readonly alarm: number | undefined;
}

/** Exponentially weighted moving average, the errors of the points taken one by one: they need not be equal. */
export function ewmaChart(points: readonly Measured[], target: number, lambda = 0.2, limit = 3): EwmaChart {
  let [mean, variance] = [target, 0];
  const chart = points.map(({ value, standardError }) => {
    mean = lambda * value + (1 - lambda) * mean;
    variance = lambda ** 2 * standardError ** 2 + (1 - lambda) ** 2 * variance;
    const reach = limit * Math.sqrt(variance);
    return { mean, low: target - reach, high: target + reach };
  });
  return { points: chart, lambda, limit, alarm: indexOrUndefined(chart, (point) => point.mean < point.low) };
}

const SIMULATIONS = 10_000;

/**
 * How often a score that has not fallen would reach so high a sum of the lower CUSUM, in steps of 1/10,001: by simulation.
 * The target is measured too: its error is in every point.
 */
export function cusumPValue(points: readonly Measured[], target: Measured, k = 0.5): number {
  const observed = highestSum(
    points.map(({ value, standardError }) => (target.value - value) / standardError),
    k,
  );
  if (observed === 0) return 1;
  const random = createRandom('cusum');
  let higher = 1;
  for (let i = 0; i < SIMULATIONS; i++) {
    const error = drawNormal(random) * target.standardError;
    const falls = points.map(({ standardError }) => drawNormal(random) + error / standardError);
    if (highestSum(falls, k) >= observed) higher++;
  }
  return higher / (SIMULATIONS + 1);
}

function highestSum(falls: readonly number[], k: number): number {
  let [sum, highest] = [0, 0];
  for (const fall of falls) {
    sum = Math.max(0, sum + fall - k);
    highest = Math.max(highest, sum);
  }
  return highest;
}

/** Box and Muller's. */
const drawNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function indexOrUndefined<T>(items: readonly T[], isWanted: (item: T) => boolean): number | undefined {
  const index = items.findIndex(isWanted);
  return index === -1 ? undefined : index;
}
