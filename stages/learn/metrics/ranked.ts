/**
 * Scores of how the labels of each row are ordered, whatever is made of the order.
 *
 * Shapes are (rows, labels), scores row by row, finite; a row's labels rank by score, the highest first.
 *
 * @see scikit-learn 1.9.1, metrics/_ranking.py; its golden values are checked by test/learn/metrics.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { rowRanker } from '../ranking/index.ts';

/**
 * Label ranking average precision, in (0, 1]: for each true label, of the labels that score as high or higher the share
 * that is true; its mean over a row's true labels, then over rows. A row of which no label or every label is true has 1.
 *
 * @returns Undefined without rows.
 *
 * O(entries x labels) time.
 */
export function labelRankingAveragePrecisionScore(Y: LabelMatrix, scores: Float64Array): number | undefined {
  checkShape(Y, scores);
  let sum = 0;
  for (let i = 0; i < Y.rows; i++) {
    const { row, truths } = rowOf(Y, scores, i);
    if (truths.length === 0 || truths.length === Y.labels) {
      sum++;
      continue;
    }
    let shares = 0;
    for (const label of truths) {
      const score = row[label]!;
      shares +=
        countFrom(truths, (other) => row[other]! >= score) / countFrom(row, (other) => other >= score);
    }
    sum += shares / truths.length;
  }
  return meanOf(sum, Y.rows);
}

/**
 * Coverage error, from 0 to labels: how far down its order a row must be read to meet all its true labels, ties read
 * whole; the mean over rows. A row without true labels has 0.
 *
 * @returns Undefined without rows.
 *
 * O(rows labels) time.
 */
export function coverageErrorLoss(Y: LabelMatrix, scores: Float64Array): number | undefined {
  checkShape(Y, scores);
  let sum = 0;
  for (let i = 0; i < Y.rows; i++) {
    const { row, truths } = rowOf(Y, scores, i);
    if (truths.length === 0) continue;
    let least = Infinity;
    for (const label of truths) least = Math.min(least, row[label]!);
    sum += countFrom(row, (score) => score >= least);
  }
  return meanOf(sum, Y.rows);
}

/**
 * Precision at k, in [0, 1]: of the k best labels (of equal ones those of lower columns) the true ones, divided by k;
 * the mean over all rows.
 *
 * @param k At least 1; may exceed the labels.
 * @returns Undefined without rows.
 */
export function precisionAtScore(Y: LabelMatrix, scores: Float64Array, k: number): number | undefined {
  let sum = 0;
  visitHits(Y, scores, k, (hits) => {
    sum += hits / k;
  });
  return meanOf(sum, Y.rows);
}

/**
 * Recall at k, in [0, 1]: of a row's true labels those that are among its k best; the mean over the rows that have true
 * labels.
 *
 * @param k At least 1; may exceed the labels.
 * @returns Undefined where no row has one.
 */
export function recallAtScore(Y: LabelMatrix, scores: Float64Array, k: number): number | undefined {
  let sum = 0;
  let rows = 0;
  visitHits(Y, scores, k, (hits, truths) => {
    if (truths === 0) return;
    sum += hits / truths;
    rows++;
  });
  return meanOf(sum, rows);
}

function visitHits(
  Y: LabelMatrix,
  scores: Float64Array,
  k: number,
  visit: (hits: number, truths: number) => void,
): void {
  checkShape(Y, scores);
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`Cannot take the best ${k} labels`);
  const rank = rowRanker(Y.labels, k);
  for (let i = 0; i < Y.rows; i++) {
    const best = rank(scores, i);
    const truths = Y.indices.subarray(Y.indptr[i], Y.indptr[i + 1]);
    visit(
      countFrom(truths, (label) => best.includes(label)),
      truths.length,
    );
  }
}

function checkShape(Y: LabelMatrix, scores: Float64Array): void {
  if (scores.length !== Y.rows * Y.labels)
    throw new RangeError(`Shapes differ: (${Y.rows}, ${Y.labels}) and ${scores.length} scores`);
}

const rowOf = (Y: LabelMatrix, scores: Float64Array, row: number) => ({
  row: scores.subarray(row * Y.labels, (row + 1) * Y.labels),
  truths: Y.indices.subarray(Y.indptr[row], Y.indptr[row + 1]),
});

function countFrom(items: Float64Array | Uint32Array, isCounted: (item: number) => boolean): number {
  let count = 0;
  for (let k = 0; k < items.length; k++) if (isCounted(items[k]!)) count++;
  return count;
}

const meanOf = (sum: number, count: number): number | undefined => (count === 0 ? undefined : sum / count);
