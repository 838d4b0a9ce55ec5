/**
 * Scores of multilabel predictions, with scikit-learn's definitions.
 *
 * Where nothing is to be divided by, `zeroDivision` says what the score is; `undefined` leaves a label out of a mean, and
 * makes a score undefined that has nothing else.
 *
 * @see scikit-learn 1.9.1, metrics/_classification.py; its golden values are checked by test/learn/metrics.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';

export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

export type ZeroDivision = 0 | 1 | undefined;

/** For each label. @throws {RangeError} If the shapes differ. O(nnz + labels). */
export function countByLabel(Y: LabelMatrix, predicted: LabelMatrix): readonly Counts[] {
  const counts = Array.from({ length: Y.labels }, noCounts);
  visitCells(Y, predicted, (_row, label, outcome) => counts[label]![outcome]++);
  return counts;
}

/** For each row. @throws {RangeError} If the shapes differ. O(nnz + rows). */
export function countByRow(Y: LabelMatrix, predicted: LabelMatrix): readonly Counts[] {
  const counts = Array.from({ length: Y.rows }, noCounts);
  visitCells(Y, predicted, (row, _label, outcome) => counts[row]![outcome]++);
  return counts;
}

const noCounts = (): Record<keyof Counts, number> => ({
  truePositives: 0,
  falsePositives: 0,
  falseNegatives: 0,
});

/** The cells that are true or predicted, row by row, labels ascending. */
function visitCells(
  Y: LabelMatrix,
  predicted: LabelMatrix,
  visit: (row: number, label: number, outcome: keyof Counts) => void,
): void {
  checkShapes(Y, predicted);
  for (let i = 0; i < Y.rows; i++) {
    let t = Y.indptr[i]!;
    let p = predicted.indptr[i]!;
    const [tEnd, pEnd] = [Y.indptr[i + 1]!, predicted.indptr[i + 1]!];
    while (t < tEnd || p < pEnd) {
      const wanted = t < tEnd ? Y.indices[t]! : Infinity;
      const got = p < pEnd ? predicted.indices[p]! : Infinity;
      if (wanted === got) visit(i, got, 'truePositives');
      else if (got < wanted) visit(i, got, 'falsePositives');
      else visit(i, wanted, 'falseNegatives');
      if (wanted <= got) t++;
      if (got <= wanted) p++;
    }
  }
}

/** All labels together. */
export function sumCounts(counts: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const { truePositives, falsePositives, falseNegatives } of counts) {
    sum.truePositives += truePositives;
    sum.falsePositives += falsePositives;
    sum.falseNegatives += falseNegatives;
  }
  return sum;
}

/** TP / (TP + FP), in [0, 1]. */
export const precisionScore = (counts: Counts, zeroDivision: ZeroDivision): number | undefined =>
  divide(counts.truePositives, counts.truePositives + counts.falsePositives, zeroDivision);

/** TP / (TP + FN), in [0, 1]. */
export const recallScore = (counts: Counts, zeroDivision: ZeroDivision): number | undefined =>
  divide(counts.truePositives, counts.truePositives + counts.falseNegatives, zeroDivision);

/** 2 TP / (2 TP + FP + FN), in [0, 1]. */
export const f1Score = (counts: Counts, zeroDivision: ZeroDivision): number | undefined =>
  fBetaScore(1)(counts, zeroDivision);

/**
 * (1 + beta^2) TP / ((1 + beta^2) TP + beta^2 FN + FP), in [0, 1]: recall counts beta times as much as precision.
 *
 * @param beta At least 0, finite.
 */
export function fBetaScore(beta: number): (counts: Counts, zeroDivision: ZeroDivision) => number | undefined {
  if (!(beta >= 0 && beta < Infinity)) throw new RangeError(`beta is ${beta}, not a number from 0 on`);
  const square = beta * beta;
  return ({ truePositives, falsePositives, falseNegatives }, zeroDivision) => {
    const hits = (1 + square) * truePositives;
    return divide(hits, hits + square * falseNegatives + falsePositives, zeroDivision);
  };
}

/** TP / (TP + FP + FN), in [0, 1]. */
export const jaccardScore = (counts: Counts, zeroDivision: ZeroDivision): number | undefined =>
  divide(
    counts.truePositives,
    counts.truePositives + counts.falsePositives + counts.falseNegatives,
    zeroDivision,
  );

/** Mean over the labels, or rows, for which the score is defined. */
export function macroAverage(scores: readonly (number | undefined)[]): number | undefined {
  const defined = scores.filter((score) => score !== undefined);
  return defined.length === 0 ? undefined : defined.reduce((sum, score) => sum + score, 0) / defined.length;
}

/** Share of wrong cells, in [0, 1]; undefined without cells. */
export function hammingLoss(Y: LabelMatrix, predicted: LabelMatrix): number | undefined {
  const { falsePositives, falseNegatives } = sumCounts(countByLabel(Y, predicted));
  return divide(falsePositives + falseNegatives, Y.rows * Y.labels, undefined);
}

/** Share of rows that are exactly right, in [0, 1]; undefined without rows. */
export function subsetAccuracyScore(Y: LabelMatrix, predicted: LabelMatrix): number | undefined {
  checkShapes(Y, predicted);
  let exact = 0;
  for (let i = 0; i < Y.rows; i++) {
    const wanted = rowOf(Y, i);
    const got = rowOf(predicted, i);
    if (wanted.length === got.length && wanted.every((label, k) => label === got[k])) exact++;
  }
  return divide(exact, Y.rows, undefined);
}

function checkShapes(Y: LabelMatrix, predicted: LabelMatrix): void {
  if (Y.rows !== predicted.rows || Y.labels !== predicted.labels) {
    throw new RangeError(
      `Shapes differ: (${Y.rows}, ${Y.labels}) and (${predicted.rows}, ${predicted.labels})`,
    );
  }
}

const rowOf = (matrix: LabelMatrix, row: number): Uint32Array =>
  matrix.indices.subarray(matrix.indptr[row], matrix.indptr[row + 1]);

const divide = (a: number, b: number, zeroDivision: ZeroDivision): number | undefined =>
  b === 0 ? zeroDivision : a / b;
