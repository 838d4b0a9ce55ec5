/**
 * Student's t: its tails, and the test of two means.
 *
 * @module
 */

import { logGamma } from './gamma.ts';

/**
 * How often two samples with one mean differ so much, in [0, 1]: two-sided, the variances taken to be equal. NaN where
 * neither varies and where there are fewer than three values.
 *
 * @see scipy.stats.ttest_ind
 */
export function sameMeanPValue(a: Float64Array, b: Float64Array): number {
  const [n, m] = [a.length, b.length];
  const [meanA, meanB] = [mean(a), mean(b)];
  const squares = sumOfSquares(a, meanA) + sumOfSquares(b, meanB);
  const degrees = n + m - 2;
  const t = (meanA - meanB) / Math.sqrt((squares / degrees) * (1 / n + 1 / m));
  return studentTails(t, degrees);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const sumOfSquares = (values: Float64Array, middle: number): number =>
  values.reduce((sum, value) => sum + (value - middle) ** 2, 0);

/** P(|T| >= |t|), in [0, 1]; NaN for NaN, and without degrees of freedom. */
export function studentTails(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0)) return NaN;
  return Number.isFinite(t) ? incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t)) : 0;
}

/** I_x(a, b), by its continued fraction (Lentz). @see Abramowitz and Stegun, 26.5.8 */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const log = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const even = (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    fraction *= c * d;
    const odd = (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return (Math.exp(log) * fraction) / a;
}
