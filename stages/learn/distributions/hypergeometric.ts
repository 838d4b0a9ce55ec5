/**
 * Fisher's exact test of a table of two by two.
 *
 * @module
 */

/** Tables that are as likely but for rounding count as equally likely. */
const ROUNDING = 1e-7;

/**
 * How often two samples with one share would differ as these or be less likely still, in [0, 1]: two-sided, the margins
 * given. What is below 1e-300 is 0.
 *
 * @param hits Of `trials`; `otherHits` of `otherTrials`. Whole numbers.
 * @see scipy.stats.fisher_exact, whose golden values are checked by test/learn/distributions. O(least margin).
 */
export function fisherExact(hits: number, trials: number, otherHits: number, otherTrials: number): number {
  const drawn = hits + otherHits;
  const lowest = Math.max(0, drawn - otherTrials);
  const highest = Math.min(drawn, trials);
  if (lowest === highest) return 1;
  // From the likeliest table outwards each probability follows from the one before, relative to it: no logarithms.
  const mode = Math.floor(((drawn + 1) * (trials + 1)) / (trials + otherTrials + 2));
  const middle = Math.min(highest, Math.max(lowest, mode));
  const likelihoods = new Float64Array(highest - lowest + 1);
  likelihoods[middle - lowest] = 1;
  const rise = (k: number): number =>
    ((trials - k) * (drawn - k)) / ((k + 1) * (otherTrials - drawn + k + 1));
  for (let k = middle; k < highest && likelihoods[k - lowest]! > 0; k++) {
    likelihoods[k + 1 - lowest] = likelihoods[k - lowest]! * rise(k);
  }
  for (let k = middle; k > lowest && likelihoods[k - lowest]! > 0; k--) {
    likelihoods[k - 1 - lowest] = likelihoods[k - lowest]! / rise(k - 1);
  }
  const limit = likelihoods[hits - lowest]! * (1 + ROUNDING);
  let [sum, all] = [0, 0];
  for (const likelihood of likelihoods) {
    all += likelihood;
    if (likelihood <= limit) sum += likelihood;
  }
  return sum / all;
}
