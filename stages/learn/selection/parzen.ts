/**
 * The densities of a tree-structured Parzen estimator: for one setting, a mixture of one kernel for each value that was
 * tried and one for the whole range, the prior.
 *
 * @see Bergstra, Bardenet, Bengio and Kégl, Algorithms for hyper-parameter optimization (2011), section 4; Optuna 4,
 *   optuna/samplers/_tpe/parzen_estimator.py, univariate with its defaults (prior weight 1, magic clip).
 * @module
 */

import { normalTails } from '../metrics/index.ts';
import { type Random, randomInteger } from '../random/index.ts';
import type { Distribution, Value } from './space.ts';

export interface Density {
  readonly sample: (random: Random) => Value;
  readonly logDensity: (value: Value) => number;
}

/** @param values That were tried, the oldest first; may be none. */
export function parzenDensity(distribution: Distribution, values: readonly Value[]): Density {
  const weights = mixtureWeights(values.length);
  if (distribution.kind === 'choice') return categorical(distribution.values, values, weights);
  return numeric(distribution, values as readonly number[], weights);
}

/** Of more than 25 values the older ones weigh less; the prior, the last, weighs as much as a new one. Sum 1. */
function mixtureWeights(values: number): Float64Array {
  const ramp = values - FULL;
  const weights = Float64Array.from({ length: values + 1 }, (_, i) => {
    if (i >= ramp || i === values) return 1;
    return ramp === 1 ? 1 / values : 1 / values + (i * (1 - 1 / values)) / (ramp - 1);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The newest values, that weigh alike. */
const FULL = 25;

function categorical(choices: readonly Value[], values: readonly Value[], weights: Float64Array): Density {
  const kernels = values.length + 1;
  const shares = choices.map((choice) =>
    weights.reduce((sum, weight, i) => {
      const hit = i < values.length && values[i] === choice ? 1 : 0;
      const whole = choices.length / kernels + (i < values.length ? 1 : 0);
      return sum + (weight * (1 / kernels + hit)) / whole;
    }, 0),
  );
  return {
    sample: (random) => choices[pick(shares, random)]!,
    logDensity: (value) => Math.log(shares[choices.indexOf(value)]!),
  };
}

/** Normal kernels cut to the range; of logarithms for `loguniform`, of unit steps for `int`. */
function numeric(
  { kind, low, high }: Exclude<Distribution, { readonly kind: 'choice' }>,
  values: readonly number[],
  weights: Float64Array,
): Density {
  const isLog = kind === 'loguniform';
  const step = kind === 'int' ? 0.5 : 0;
  const [from, to] = isLog ? [Math.log(low), Math.log(high)] : [low - step, high + step];
  const mus = values.map((value) => (isLog ? Math.log(value) : value));
  const middle = (from + to) / 2;
  const centers = [...mus, middle];
  const sigmas = [...bandwidths(mus, middle, from, to), to - from];
  const masses = centers.map((mu, i) => massOf(mu, sigmas[i]!, from, to));
  return {
    sample: (random) => {
      const kernel = pick(weights, random);
      for (;;) {
        const drawn = centers[kernel]! + sigmas[kernel]! * drawNormal(random);
        if (!(drawn >= from && drawn < to)) continue;
        if (isLog) return Math.min(Math.max(Math.exp(drawn), low), high);
        return kind === 'int' ? Math.min(Math.max(Math.round(drawn), low), high) : drawn;
      }
    },
    logDensity: (value) => {
      const at = isLog ? Math.log(value as number) : (value as number);
      let sum = 0;
      for (const [i, mu] of centers.entries()) {
        const sigma = sigmas[i]!;
        const density = step > 0 ? massOf(mu, sigma, at - step, at + step) : bell((at - mu) / sigma) / sigma;
        sum += (weights[i]! * density) / masses[i]!;
      }
      return Math.log(sum);
    },
  };
}

/**
 * For each value the distance to the farther of its neighbours, the prior's centre among them; at the ends that to the
 * only one. Never wider than the range, nor narrower than its part in a hundred, or in two more than there are values.
 */
function bandwidths(mus: readonly number[], middle: number, from: number, to: number): readonly number[] {
  const order = [...mus, middle].map((mu, i) => ({ mu, i })).sort((a, b) => a.mu - b.mu || a.i - b.i);
  const sigmas = new Array<number>(mus.length + 1);
  order.forEach(({ mu, i }, at) => {
    const left = mu - (order[at - 1]?.mu ?? from);
    const right = (order[at + 1]?.mu ?? to) - mu;
    if (order.length > 1 && at === 0) sigmas[i] = right;
    else sigmas[i] = order.length > 1 && at === order.length - 1 ? left : Math.max(left, right);
  });
  const narrowest = (to - from) / Math.min(100, 2 + mus.length);
  return sigmas.slice(0, -1).map((sigma) => Math.min(Math.max(sigma, narrowest), to - from));
}

/** Of a normal distribution, between two ends. */
const massOf = (mu: number, sigma: number, from: number, to: number): number =>
  cumulative((to - mu) / sigma) - cumulative((from - mu) / sigma);

const cumulative = (z: number): number => (z < 0 ? normalTails(z) / 2 : 1 - normalTails(z) / 2);

const bell = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Box and Muller's. */
const drawNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** An index, as often as its share says. */
function pick(shares: ArrayLike<number>, random: Random): number {
  let left = random();
  for (let i = 0; i < shares.length; i++) {
    left -= shares[i]!;
    if (left < 0) return i;
  }
  return randomInteger(random, shares.length);
}
