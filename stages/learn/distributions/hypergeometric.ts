/**
 * Fisher's exact test of a table of two by two.
 *
 * @module
 */

import { logGamma } from './gamma.ts';

/**
 * How often two samples with one share would differ as these or be less likely still, in [0, 1]: two-sided, the margins
 * given.
 *
 * @param hits Of `trials`; `otherHits` of `otherTrials`. Whole numbers.
 * @see scipy.stats.fisher_exact, whose golden values are checked by test/learn/distributions. O(least margin).
 */
export function fisherExact(hits: number, trials: number, otherHits: number, otherTrials: number): number {
  const drawn = hits + otherHits;
  const lowest = Math.max(0, drawn - otherTrials);
  const highest = Math.min(drawn, trials);
  if (lowest === highest) return 1;
  // From the observed table outwards each probability follows from the one before, relative to it.
  const observed =
    logChoose(trials, hits) + logChoose(otherTrials, otherHits) - logChoose(trials + otherTrials, drawn);
  const rise = (k: number): number =>
    ((trials - k) * (drawn - k)) / ((k + 1) * (otherTrials - drawn + k + 1));
  let sum = 1;
  for (const step of [1, -1] as const) {
    let relative = 1;
    for (let k = hits; step === 1 ? k < highest : k > lowest; k += step) {
      relative *= step === 1 ? rise(k) : 1 / rise(k - 1);
      if (relative <= 1 + 1e-7) sum += relative;
      else if (!Number.isFinite(relative)) return fromTheFarSide(hits, trials, otherHits, otherTrials);
      if (relative < 1e-30) break;
    }
  }
  return Math.min(1, Math.exp(observed) * sum);
}

/** Where the observed table is so unlikely that the others overflow beside it: each by its own logarithm. */
function fromTheFarSide(hits: number, trials: number, otherHits: number, otherTrials: number): number {
  const drawn = hits + otherHits;
  const all = logChoose(trials + otherTrials, drawn);
  const logOf = (k: number): number => logChoose(trials, k) + logChoose(otherTrials, drawn - k) - all;
  const observed = logOf(hits);
  let sum = 0;
  for (let k = Math.max(0, drawn - otherTrials); k <= Math.min(drawn, trials); k++) {
    const log = logOf(k);
    if (log <= observed + 1e-7) sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

const logChoose = (n: number, k: number): number =>
  k === 0 || k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
