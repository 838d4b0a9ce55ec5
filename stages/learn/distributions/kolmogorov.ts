/**
 * The test of Kolmogorov and Smirnov of two samples, two-sided.
 *
 * @module
 */

import { logGamma } from './gamma.ts';

/** Up to so many values a sample the distribution is exact, as in scipy's `ks_2samp`. */
const MOST_FOR_EXACT = 10_000;

/**
 * How often two samples of one continuous distribution are so far apart, in [0, 1].
 *
 * @param a Ascending, not empty; so is `b`.
 * @see scipy.stats.ks_2samp, `method="auto"`, to 1e-9. O(n m) time where both are small, of the cells near the diagonal.
 */
export function kolmogorovSmirnovPValue(a: Float64Array, b: Float64Array): number {
  const [n, m] = [a.length, b.length];
  const distance = kolmogorovSmirnovDistance(a, b);
  return Math.max(n, m) <= MOST_FOR_EXACT
    ? exactTail(n, m, distance)
    : oneSampleTail(distance, Math.round((n * m) / (n + m)));
}

/** The greatest distance of the two distribution functions, in [0, 1]. */
function kolmogorovSmirnovDistance(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/**
 * A pooled sample in random order is a path from (0, 0) to (n, m); the tail is what of the paths leaves the band around the
 * diagonal: what flows out of it is summed, so that small tails keep their digits.
 *
 * @see Hodges, The significance probability of the Smirnov two-sample test, Arkiv för Matematik 3 (1958)
 */
function exactTail(n: number, m: number, distance: number): number {
  const divisor = greatestCommonDivisor(n, m);
  const [stepX, stepY] = [m / divisor, n / divisor];
  const band = Math.round(distance * stepX * n);
  if (band === 0) return 1;
  // Of paths at (i, j), i fixed; their share of all.
  let row = new Float64Array(m + 1);
  row[0] = 1;
  let outside = 0;
  for (let i = 0; i <= n; i++) {
    const next = new Float64Array(m + 1);
    const first = Math.max(0, Math.floor((i * stepX - band) / stepY));
    const last = Math.min(m, Math.ceil((i * stepX + band) / stepY));
    for (let j = first; j <= last; j++) {
      const share = row[j]!;
      if (share === 0) continue;
      const left = n + m - i - j;
      if (left === 0) continue;
      const right = (share * (n - i)) / left;
      const up = (share * (m - j)) / left;
      if (Math.abs((i + 1) * stepX - j * stepY) >= band) outside += right;
      else next[j]! += right;
      if (j === m) continue;
      if (Math.abs(i * stepX - (j + 1) * stepY) >= band) outside += up;
      else row[j + 1]! += up;
    }
    row = next;
  }
  return Math.min(1, outside);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * P(D_n >= d) for one sample of n. Where it is small, twice the one-sided tail; else exact, by powers of a matrix, and for
 * n above 10,000 the limit of Kolmogorov.
 *
 * @see Marsaglia, Tsang, Wang, Evaluating Kolmogorov's distribution, Journal of Statistical Software 8 (2003)
 */
export function oneSampleTail(d: number, n: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  if (n * d * d >= 4) return Math.min(1, 2 * oneSidedTail(d, n));
  return n > MOST_FOR_EXACT ? limitTail(d * Math.sqrt(n)) : 1 - matrixShare(d, n);
}

/** @see Birnbaum, Tingey, One-sided confidence contours, Annals of Mathematical Statistics 22 (1951) */
function oneSidedTail(d: number, n: number): number {
  let sum = 0;
  for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
    const rest = 1 - d - j / n;
    if (rest <= 0) continue;
    const ways = logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1);
    sum += Math.exp(ways + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(rest));
  }
  return d * sum;
}

function limitTail(z: number): number {
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * z * z);
  return Math.min(1, sum);
}

/** P(D_n < d), by the n-th power of a matrix of about 2 n d rows. */
function matrixShare(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const H = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i - j + 1 >= 0) H[i * size + j] = 1;
  for (let i = 0; i < size; i++) {
    H[i * size]! -= h ** (i + 1);
    H[(size - 1) * size + i]! -= h ** (size - i);
  }
  if (2 * h - 1 > 0) H[(size - 1) * size]! += (2 * h - 1) ** size;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= Math.min(i, size - 1); j++)
      for (let g = 2; g <= i - j + 1; g++) H[i * size + j]! /= g;
  }
  const power = matrixPower({ values: H, exponent: 0 }, n, size);
  let share = power.values[(k - 1) * size + k - 1]!;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    share = (share * i) / n;
    if (share < 1e-140) {
      share *= 1e140;
      exponent -= 140;
    }
  }
  return share * 10 ** exponent;
}

/** A matrix times a power of ten. */
interface Scaled {
  readonly values: Float64Array;
  readonly exponent: number;
}

function matrixPower(H: Scaled, n: number, size: number): Scaled {
  if (n === 1) return H;
  const half = matrixPower(H, n >>> 1, size);
  const even = rescale(multiply(half, half, size), size);
  return n % 2 === 0 ? even : rescale(multiply(even, H, size), size);
}

function multiply(A: Scaled, B: Scaled, size: number): Scaled {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const a = A.values[i * size + k]!;
      if (a === 0) continue;
      for (let j = 0; j < size; j++) values[i * size + j]! += a * B.values[k * size + j]!;
    }
  }
  return { values, exponent: A.exponent + B.exponent };
}

function rescale({ values, exponent }: Scaled, size: number): Scaled {
  const middle = size >>> 1;
  return values[middle * size + middle]! > 1e140
    ? { values: values.map((value) => value * 1e-140), exponent: exponent + 140 }
    : { values, exponent };
}
