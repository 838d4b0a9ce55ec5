/**
 * The test of Cramér and von Mises of two samples.
 *
 * @module
 */

import { logGamma } from './gamma.ts';
import { rankTogether } from './ranks.ts';

/** Up to so many values a sample the distribution is exact. */
const MOST_FOR_EXACT = 20;

/**
 * How often two samples of one distribution are so far apart, in [0, 1]. With ties the exact p-value is an approximation,
 * as in scipy.
 *
 * @returns NaN where a sample has fewer than two values.
 * @see Anderson, On the distribution of the two-sample Cramér-von Mises criterion, Annals of Mathematical Statistics 33
 *   (1962); scipy.stats.cramervonmises_2samp
 */
export function cramerVonMisesPValue(a: Float64Array, b: Float64Array): number {
  const [n, m] = [a.length, b.length];
  if (n < 2 || m < 2) return NaN;
  const ranks = rankTogether(a.slice().sort(), b.slice().sort());
  const squares = (values: Float64Array): number =>
    values.reduce((sum, rank, i) => sum + (rank - i - 1) ** 2, 0);
  const U = n * squares(ranks.a) + m * squares(ranks.b);
  if (Math.max(n, m) <= MOST_FOR_EXACT) return exactTail(n, m, U);
  const [k, all] = [n * m, n + m];
  const T = U / (k * all) - (4 * k - 1) / (6 * all);
  const expected = (1 + 1 / all) / 6;
  const variance = ((all + 1) * (4 * k * all - 3 * (n ** 2 + m ** 2) - 2 * k)) / (45 * all ** 2 * 4 * k);
  const normed = 1 / 6 + (T - expected) / Math.sqrt(45 * variance);
  return normed < 0.003 ? 1 : Math.max(0, 1 - limitShare(normed));
}

/**
 * Of all orders of the pooled sample, seen as paths from (0, 0) to (n, m), the share with so great a sum of squared
 * distances from the diagonal.
 *
 * @see Xiao, Gordon, Yakovlev, A C++ program for the Cramér-von Mises two-sample test, Journal of Statistical Software 17
 *   (2006)
 */
function exactTail(n: number, m: number, U: number): number {
  const multiple = leastCommonMultiple(n, m);
  const [a, b] = [multiple / n, multiple / m];
  const k = n * m;
  const least = Math.floor((multiple ** 2 * (n + m) * (6 * U - k * (4 * k - 1))) / (6 * k ** 2));
  // Of the paths to (i, j), i fixed: how many have each sum.
  let row: ReadonlyMap<number, number>[] = [];
  for (let i = 0; i <= n; i++) {
    const next: ReadonlyMap<number, number>[] = [];
    for (let j = 0; j <= m; j++) {
      const square = (a * i - b * j) ** 2;
      const sums = new Map<number, number>();
      if (i === 0 && j === 0) sums.set(0, 1);
      for (const before of [row[j], next[j - 1]]) {
        for (const [sum, paths] of before ?? [])
          sums.set(sum + square, (sums.get(sum + square) ?? 0) + paths);
      }
      next.push(sums);
    }
    row = next;
  }
  let [tail, all] = [0, 0];
  for (const [sum, paths] of row[m]!) {
    all += paths;
    if (sum >= least) tail += paths;
  }
  return tail / all;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** The distribution function of an infinite sample's criterion. @see Csörgő, Faraway (1996), equation 1.2 */
function limitShare(x: number): number {
  let share = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = y ** 2 / (16 * x);
    const factor = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = factor * Math.sqrt(y) * besselQuarterTimes(q);
    share += term;
    if (Math.abs(term) < 1e-7) return share;
  }
}

/** `exp(-x) K(x)`, K the modified Bessel function of the second kind of order 1/4: by the trapezoid rule on its integral. */
function besselQuarterTimes(x: number): number {
  const step = 1 / 128;
  let sum = 0.5 * Math.exp(-2 * x);
  for (let k = 1; ; k++) {
    const t = k * step;
    const term = Math.exp(-x - x * Math.cosh(t)) * Math.cosh(t / 4);
    sum += term;
    if (term < sum * 1e-18 || term === 0) return sum * step;
  }
}
