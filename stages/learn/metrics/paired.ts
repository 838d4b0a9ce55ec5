/**
 * Two taggers on the same questions.
 *
 * @module
 */

import type { Counts } from './multilabel.ts';
import { Z95 } from './normal.ts';

/** A difference with its standard error and its 95 % interval. */
export interface PairedDifference {
  /** Micro F1 of each. */
  readonly from: number;
  readonly to: number;
  /** `to` less `from`. */
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The difference of two micro F1, question by question: what is hard in a question is hard for both, so that the difference
 * varies less than either. Each F is a ratio of sums, linearised: with `z_i = (2 TP_i - F D_i) / mean(D)`,
 * `D_i = 2 TP_i + FP_i + FN_i`, of each tagger, the standard error is `sd(z_i(to) - z_i(from)) / √n`, sd with n - 1.
 *
 * @param from Counts of each question by one tagger.
 * @param to The same questions in the same order by another.
 * @returns Undefined for fewer than two questions, and where nothing is true or predicted by one of them.
 * @throws {RangeError} If there are not equally many.
 * @see Cochran, Sampling Techniques, 3rd edition, 6.12 (difference of two ratios of one sample). O(n).
 */
export function pairedMicroF1Difference(
  from: readonly Counts[],
  to: readonly Counts[],
): PairedDifference | undefined {
  const n = from.length;
  if (to.length !== n)
    throw new RangeError(`There are ${n} questions and ${to.length}: they are not the same`);
  const [a, b] = [sumsOf(from), sumsOf(to)];
  if (n < 2 || a.whole === 0 || b.whole === 0) return undefined;
  const residual = (counts: Counts, { f1, whole }: Sums): number =>
    ((2 * counts.truePositives - f1 * sizeOf(counts)) * n) / whole;
  // The residuals of each sum to 0, and so do their differences.
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (residual(to[i]!, b) - residual(from[i]!, a)) ** 2;
  const value = b.f1 - a.f1;
  const standardError = Math.sqrt(squares / (n - 1) / n);
  const reach = Z95 * standardError;
  return { from: a.f1, to: b.f1, value, standardError, low: value - reach, high: value + reach };
}

interface Sums {
  readonly f1: number;
  /** Sum of D. */
  readonly whole: number;
}

function sumsOf(questions: readonly Counts[]): Sums {
  let hits = 0;
  let whole = 0;
  for (const counts of questions) {
    hits += 2 * counts.truePositives;
    whole += sizeOf(counts);
  }
  return { f1: hits / whole, whole };
}

const sizeOf = (counts: Counts): number =>
  2 * counts.truePositives + counts.falsePositives + counts.falseNegatives;
