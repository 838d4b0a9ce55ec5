/**
 * One-vs-rest linear support vector classifiers: one for each label, as scikit-learn's `OneVsRestClassifier(LinearSVC())`.
 *
 * Each label is fitted by itself from the same random numbers, so that neither the order of the labels nor how they are
 * spread over threads shows in the result.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { createRandom } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type DualProblem, solveDual } from './dual-coordinate-descent.ts';

export interface LinearSvcParams {
  readonly loss: DualProblem['loss'];
  /** > 0. */
  readonly C: number;
  /** `balanced` weighs a class by n / (2 times its rows). */
  readonly classWeight: 'balanced' | undefined;
  readonly tol: number;
  readonly maxIter: number;
  readonly interceptScaling: number;
  readonly seed: number;
}

/** What was learned. */
export interface LinearModel {
  readonly labels: number;
  readonly features: number;
  /** Shape (labels, features), row by row. */
  readonly coefficients: Float64Array;
  /** Length labels. A label that no row, or every row, has: a constant score of -1, or +1. */
  readonly intercepts: Float64Array;
}

export interface LinearFit {
  readonly model: LinearModel;
  /** Length labels: passes over the rows; 0 for a constant label. */
  readonly iterations: Uint32Array;
  /** Labels whose fit stopped at `maxIter` before it was within `tol`, ascending. */
  readonly unconverged: readonly number[];
}

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @param onLabel Told after each label.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range or a value is not finite.
 */
export function fitLinearSvc(
  params: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
  onLabel: (done: number) => void = () => undefined,
): LinearFit {
  checkArguments(params, X, Y);
  const squaredNorms = squareNorms(X);
  const coefficients = new Float64Array(Y.labels * X.columns);
  const intercepts = new Float64Array(Y.labels);
  const iterations = new Uint32Array(Y.labels);
  const unconverged: number[] = [];
  const rowsOf = rowsByLabel(Y);
  const y = new Int8Array(X.rows);
  for (let label = 0; label < Y.labels; label++) {
    const positives = rowsOf[label]!;
    if (positives.length === 0 || positives.length === X.rows) {
      intercepts[label] = positives.length === 0 ? -1 : 1;
    } else {
      y.fill(-1);
      for (const row of positives) y[row] = 1;
      const weights = classWeights(params, positives.length, X.rows);
      const w = coefficients.subarray(label * X.columns, (label + 1) * X.columns);
      const problem = { X, squaredNorms, y, ...weights, ...params };
      const solution = solveDual(problem, w, createRandom(`linear_svc ${params.seed}`));
      intercepts[label] = solution.intercept;
      iterations[label] = solution.iterations;
      if (!solution.converged) unconverged.push(label);
    }
    onLabel(label + 1);
  }
  return {
    model: { labels: Y.labels, features: X.columns, coefficients, intercepts },
    iterations,
    unconverged,
  };
}

function checkArguments(params: LinearSvcParams, X: Csr, Y: LabelMatrix): void {
  if (X.rows !== Y.rows) throw new RangeError(`X has ${X.rows} rows, Y ${Y.rows}`);
  if (X.rows === 0) throw new RangeError('There is no row to learn from');
  if (!(params.C > 0)) throw new RangeError(`C is ${params.C}, not above 0`);
  if (!(params.tol > 0)) throw new RangeError(`tol is ${params.tol}, not above 0`);
  if (!X.values.every(Number.isFinite)) throw new RangeError('X has a value that is not finite');
}

function squareNorms(X: Csr): Float64Array {
  const norms = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) norms[i]! += X.values[k]! * X.values[k]!;
  }
  return norms;
}

function rowsByLabel(Y: LabelMatrix): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: Y.labels }, () => []);
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) rows[Y.indices[k]!]!.push(i);
  }
  return rows;
}

function classWeights(
  { C, classWeight }: LinearSvcParams,
  positives: number,
  rows: number,
): Pick<DualProblem, 'positiveC' | 'negativeC'> {
  if (classWeight === undefined) return { positiveC: C, negativeC: C };
  return { positiveC: (C * rows) / (2 * positives), negativeC: (C * rows) / (2 * (rows - positives)) };
}
