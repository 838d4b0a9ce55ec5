/**
 * Scores with what chance does to them.
 *
 * Questions are the units that chance draws: the tags of one question hang together, so that cells of the table of
 * questions and tags cannot be counted as if each were drawn by itself.
 *
 * @module
 */

import type { Counts } from './multilabel.ts';
import { normalTails, Z95 } from './normal.ts';

/** A value with its standard error and its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Micro F1, `F = Σ 2 TP_i / Σ D_i` with `D_i = 2 TP_i + FP_i + FN_i` over questions i: a ratio of two sums, linearised.
 * The standard error is `sd(2 TP_i - F D_i) / mean(D) / √n`, sd with n - 1; the interval is the normal one, cut to
 * [0, 1].
 *
 * @param questions Counts of each question; their order does not matter but for rounding.
 * @returns Undefined for fewer than two questions, and where nothing is true or predicted.
 * @see Cochran, Sampling Techniques, 3rd edition, 2.11. O(n).
 */
export function microF1Estimate(questions: readonly Counts[]): Estimate | undefined {
  const n = questions.length;
  let hits = 0;
  let whole = 0;
  for (const counts of questions) {
    hits += 2 * counts.truePositives;
    whole += sizeOf(counts);
  }
  if (n < 2 || whole === 0) return undefined;
  const value = hits / whole;
  let squares = 0;
  for (const counts of questions) squares += (2 * counts.truePositives - value * sizeOf(counts)) ** 2;
  return normalEstimate(value, Math.sqrt((squares * n) / (n - 1)) / whole);
}

/**
 * F1 of one tag, from its counts alone. For a single tag a question has one of its cells: the linearisation above
 * becomes that of `J = TP / N`, `N = TP + FP + FN`, a share, by `F = 2 J / (1 + J)`, and the standard error
 * `2 √(J (1 - J) / N) / (1 + J)²` (the factor n / (n - 1) of all questions is left out). The interval is Wilson's for J,
 * carried over: it stays in [0, 1] and has a width also where the tag is never or always right.
 *
 * @returns Undefined where the tag is neither true nor predicted.
 */
export function f1Estimate(counts: Counts): Estimate | undefined {
  const cells = cellsOf(counts);
  if (cells === 0) return undefined;
  const share = counts.truePositives / cells;
  const [low, high] = wilsonInterval(counts.truePositives, cells);
  return {
    value: (2 * counts.truePositives) / sizeOf(counts),
    standardError: (2 * Math.sqrt((share * (1 - share)) / cells)) / (1 + share) ** 2,
    low: f1OfShare(low),
    high: f1OfShare(high),
  };
}

/**
 * `to` less `from`, of two independent estimates. The interval adds the squares of the distances of the two intervals'
 * ends, so that it is as lopsided as they are; of two normal intervals it is the normal one.
 *
 * @see Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
 *   (1998), method 10
 */
export function differenceOf(from: Estimate, to: Estimate): Estimate {
  const value = to.value - from.value;
  return {
    value,
    standardError: Math.hypot(from.standardError, to.standardError),
    low: value - Math.hypot(to.value - to.low, from.high - from.value),
    high: value + Math.hypot(to.high - to.value, from.value - from.low),
  };
}

/**
 * How often two counts of a tag would differ by so much or more if its F1 were the same in both, in [0, 1]. F1 is the
 * same exactly where the share TP / (TP + FP + FN) is: the test is that of two shares, with the pooled variance.
 *
 * @returns 1 where a side is empty, or both are all right or all wrong.
 */
export function sameF1PValue(a: Counts, b: Counts): number {
  const [n, m] = [cellsOf(a), cellsOf(b)];
  if (n === 0 || m === 0) return 1;
  const pooled = (a.truePositives + b.truePositives) / (n + m);
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m);
  if (variance === 0) return 1;
  return normalTails((a.truePositives / n - b.truePositives / m) / Math.sqrt(variance));
}

/**
 * The share of `hits` in `trials`, 95 %: every share that a score test would not reject.
 *
 * @param trials At least 1.
 * @see Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)
 */
export function wilsonInterval(hits: number, trials: number): readonly [number, number] {
  const share = hits / trials;
  const square = Z95 ** 2 / trials;
  const middle = share + square / 2;
  const reach = Math.sqrt(square * share * (1 - share) + square ** 2 / 4);
  const low = hits === 0 ? 0 : (middle - reach) / (1 + square);
  const high = hits === trials ? 1 : (middle + reach) / (1 + square);
  return [low, high];
}

export const normalEstimate = (value: number, standardError: number): Estimate => ({
  value,
  standardError,
  low: Math.max(0, value - Z95 * standardError),
  high: Math.min(1, value + Z95 * standardError),
});

const sizeOf = (counts: Counts): number =>
  2 * counts.truePositives + counts.falsePositives + counts.falseNegatives;

const cellsOf = (counts: Counts): number =>
  counts.truePositives + counts.falsePositives + counts.falseNegatives;

const f1OfShare = (share: number): number => (2 * share) / (1 + share);
