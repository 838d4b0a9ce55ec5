/**
 * Medians and how far to trust them, without assuming a distribution.
 *
 * @module
 */

export interface Estimate {
  readonly median: number;
  /** Both ends of an interval that holds the true median with at least 95 %, where there are 6 values or more. */
  readonly low: number;
  readonly high: number;
}

/** @throws {RangeError} If there are no values. */
export function estimateMedian(values: readonly number[]): Estimate {
  if (values.length === 0) throw new RangeError('No values have no median');
  const sorted = [...values].sort((a, b) => a - b);
  const rank = lowRank(sorted.length);
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.ceil(sorted.length / 2) - 1;
  return {
    median: (sorted[lower]! + sorted[upper]!) / 2,
    low: sorted[rank]!,
    high: sorted[sorted.length - 1 - rank]!,
  };
}

/**
 * The largest `k` such that the values of rank `k` and `n - 1 - k` (from 0) enclose the median with at least 95 %: each
 * value is below it with probability one half, so the number of values below is binomial.
 */
function lowRank(n: number): number {
  let outside = 0;
  let term = 0.5 ** n; // P(exactly k values are below)
  for (let k = 0; ; k++) {
    outside += 2 * term;
    if (outside > 0.05) return Math.max(0, k - 1);
    term *= (n - k) / (k + 1);
  }
}
