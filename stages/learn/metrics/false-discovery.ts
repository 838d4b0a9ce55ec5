/**
 * Many tests at once.
 *
 * @module
 */

/**
 * Benjamini and Hochberg's adjusted p-values: those up to `q` are, together, false in a share of at most `q`.
 *
 * @param pValues In [0, 1], in any order.
 * @returns In the same order, in [0, 1], none below its p-value.
 * @see scipy.stats.false_discovery_control, method "bh". O(m log m).
 */
export function adjustForMany(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[b]! - pValues[a]! || b - a);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  for (const [k, i] of order.entries()) {
    least = Math.min(least, (pValues[i]! * pValues.length) / (pValues.length - k));
    adjusted[i] = least;
  }
  return adjusted;
}
