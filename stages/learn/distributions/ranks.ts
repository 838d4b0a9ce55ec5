/**
 * Ranks of a pooled sample, and tests by them.
 *
 * @module
 */

import { normalTails } from '../metrics/index.ts';
import { logGamma } from './gamma.ts';

export interface PooledRanks {
  /** From 1; equal values share their mean rank. In the order of the values. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** The sizes of the groups of equal values, those of one included. */
  readonly ties: readonly number[];
}

export function rankTogether(a: Float64Array, b: Float64Array): PooledRanks {
  const pooled = Float64Array.from([...a, ...b]);
  const order = Uint32Array.from(pooled.keys()).sort((i, j) => pooled[i]! - pooled[j]! || i - j);
  const ranks = new Float64Array(pooled.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && pooled[order[end]!] === pooled[order[start]!]) end++;
    for (let k = start; k < end; k++) ranks[order[k]!] = (start + 1 + end) / 2;
    ties.push(end - start);
    start = end;
  }
  return { a: ranks.slice(0, a.length), b: ranks.slice(a.length), ties };
}

/** Up to so many values on one side, without ties, the distribution is exact. */
const MOST_FOR_EXACT = 8;

/**
 * Mann and Whitney's test: how often `a` would be so far below `b` if both were of one distribution, in [0, 1].
 *
 * @see scipy.stats.mannwhitneyu, `alternative="less"`, `method="auto"`
 */
export function mannWhitneyLessPValue(a: Float64Array, b: Float64Array): number {
  const [n, m] = [a.length, b.length];
  const { a: ranks, ties } = rankTogether(a, b);
  const below = n * m - (ranks.reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2);
  const isTied = ties.some((size) => size > 1);
  if (Math.min(n, m) <= MOST_FOR_EXACT && !isTied) return exactUpperTail(n, m, below);
  const all = n + m;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0);
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - tied / (all * (all - 1))));
  const z = (below - (n * m) / 2 - 0.5) / deviation;
  if (Number.isNaN(z)) return NaN;
  return z > 0 ? normalTails(z) / 2 : 1 - normalTails(z) / 2;
}

/** P(U >= u): of all ways to mix the samples the share with so great a U, counted by Gauss's binomial coefficient. */
function exactUpperTail(n: number, m: number, u: number): number {
  const [few, many] = [Math.min(n, m), Math.max(n, m)];
  const ways = new Float64Array(n * m + 1);
  ways[0] = 1;
  for (let i = 1; i <= few; i++) {
    for (let k = ways.length - 1; k >= many + i; k--) ways[k]! -= ways[k - many - i]!;
    for (let k = i; k < ways.length; k++) ways[k]! += ways[k - i]!;
  }
  let tail = 0;
  for (let k = Math.ceil(u); k < ways.length; k++) tail += ways[k]!;
  return tail / Math.exp(logGamma(n + m + 1) - logGamma(n + 1) - logGamma(m + 1));
}

/**
 * Anderson and Darling's test of two samples, with ties. The p-value is read between seven tabulated ones: it is never
 * below 0.001 nor above 0.25.
 *
 * @see Scholz, Stephens, K-sample Anderson-Darling tests, JASA 82 (1987); scipy.stats.anderson_ksamp
 * @returns NaN where all values are equal.
 */
export function andersonDarlingPValue(a: Float64Array, b: Float64Array): number {
  const samples = [a.slice().sort(), b.slice().sort()];
  const pooled = Float64Array.from([...a, ...b]).sort();
  const all = pooled.length;
  const distinct = [...new Set(pooled)];
  if (distinct.length < 2 || all < 4) return NaN;
  let statistic = 0;
  const below = [0, 0];
  let pooledBelow = 0;
  for (const value of distinct) {
    const here = samples.map((sample, s) => countFrom(sample, below[s]!, value));
    const tied = here[0]! + here[1]!;
    const B = pooledBelow + tied / 2;
    samples.forEach((sample, s) => {
      const M = below[s]! + here[s]! / 2;
      statistic +=
        (tied / all) *
        ((all * M - B * sample.length) ** 2 / (B * (all - B) - (all * tied) / 4) / sample.length);
      below[s]! += here[s]!;
    });
    pooledBelow += tied;
  }
  statistic *= (all - 1) / all;
  return tabulatedPValue((statistic - 1) / deviationOf(a.length, b.length));
}

function countFrom(sorted: Float64Array, from: number, value: number): number {
  let end = from;
  while (sorted[end] === value) end++;
  return end - from;
}

function deviationOf(n: number, m: number): number {
  const all = n + m;
  const H = 1 / n + 1 / m;
  let [h, g] = [0, 0];
  for (let i = 1, tail = 0; i < all - 1; i++) {
    tail += 1 / (all - i);
    g += tail / (i + 1);
    h = tail;
  }
  h += 1;
  const k = 2;
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * H;
  const b = (2 * g - 4) * k ** 2 + 8 * h * k + (2 * g - 14 * h - 4) * H - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k ** 2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * H + 4 * h;
  const d = (2 * h + 6) * k ** 2 - 4 * h * k;
  return Math.sqrt((a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3)));
}

/** Scholz and Stephens's Table 2 for two samples, read by a parabola through the logarithms (least squares). */
function tabulatedPValue(statistic: number): number {
  const levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
  const critical = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085].map(
    (b0, i) =>
      b0 +
      [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615][i]! +
      [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154][i]!,
  );
  if (statistic < critical[0]!) return levels[0]!;
  if (statistic > critical.at(-1)!) return levels.at(-1)!;
  const [c0, c1, c2] = fitParabola(critical, levels.map(Math.log));
  return Math.exp(c0 + c1 * statistic + c2 * statistic ** 2);
}

/** Least squares, by orthogonal polynomials on the points. */
function fitParabola(x: readonly number[], y: readonly number[]): readonly [number, number, number] {
  const n = x.length;
  const middle = sum(x) / n;
  const q1 = x.map((value) => value - middle);
  const norm1 = sum(q1.map((value) => value ** 2));
  const alpha = sum(q1.map((value) => value ** 3)) / norm1;
  const q2 = q1.map((value) => value ** 2 - alpha * value - norm1 / n);
  const norm2 = sum(q2.map((value) => value ** 2));
  const b0 = sum(y) / n;
  const b1 = sum(y.map((value, i) => value * q1[i]!)) / norm1;
  const b2 = sum(y.map((value, i) => value * q2[i]!)) / norm2;
  const [slope, constant] = [b1 - b2 * alpha, b0 - (b2 * norm1) / n];
  return [constant - slope * middle + b2 * middle ** 2, slope - 2 * b2 * middle, b2];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
