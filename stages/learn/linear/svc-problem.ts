/**
 * What the fits of all labels have in common, in plain arrays that threads can share.
 *
 * Features are numbered anew, the most frequent first: the weights that nearly every row reads lie side by side.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { LinearSvcParams } from './params.ts';

export interface SvcProblem {
  readonly params: LinearSvcParams;
  /** Shape (rows, features), features by their ranks. */
  readonly X: Csr;
  /** Length features: the feature of each rank. */
  readonly features: Uint32Array;
  /** Length rows, `|x_i|^2`. */
  readonly squaredNorms: Float64Array;
  /** Shape (labels, rows): the rows of label `l` are `rows[starts[l]..starts[l+1]]`, ascending. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Space for so many bytes. */
export type Allocate = (sizeBytes: number) => ArrayBufferLike;

export const allocateOwn: Allocate = (sizeBytes) => new ArrayBuffer(sizeBytes);
export const allocateShared: Allocate = (sizeBytes) => new SharedArrayBuffer(sizeBytes);

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range or a value is not finite.
 *
 * O(nnz) time and a copy of X and Y.
 */
export function prepareSvc(params: LinearSvcParams, X: Csr, Y: LabelMatrix, allocate: Allocate): SvcProblem {
  checkArguments(params, X, Y);
  const features = new Uint32Array(allocate(4 * X.columns));
  features.set(byFrequency(X));
  const ranked = rankColumns(X, features, allocate);
  const squaredNorms = new Float64Array(allocate(8 * X.rows));
  for (let i = 0; i < X.rows; i++) {
    for (let k = ranked.indptr[i]!; k < ranked.indptr[i + 1]!; k++)
      squaredNorms[i]! += ranked.values[k]! ** 2;
  }
  return { params, X: ranked, features, squaredNorms, ...rowsByLabel(Y, allocate) };
}

export const countLabels = (problem: SvcProblem): number => problem.starts.length - 1;

function checkArguments(
  { C, tol, maxIter, interceptScaling }: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
): void {
  if (X.rows !== Y.rows) throw new RangeError(`X has ${X.rows} rows, Y ${Y.rows}`);
  if (X.rows === 0) throw new RangeError('There is no row to learn from');
  if (!(C > 0 && C < Infinity)) throw new RangeError(`C is ${C}, not above 0`);
  if (!(tol > 0)) throw new RangeError(`tol is ${tol}, not above 0`);
  if (!(maxIter >= 1)) throw new RangeError(`maxIter is ${maxIter}, not at least 1`);
  if (!(interceptScaling >= 0 && interceptScaling < Infinity)) {
    throw new RangeError(`interceptScaling is ${interceptScaling}, not 0 or above`);
  }
  for (let k = 0; k < X.values.length; k++) {
    if (!Number.isFinite(X.values[k])) throw new RangeError('X has a value that is not finite');
  }
}

/** Columns in the order of their number of rows, descending; ties: the earlier column. */
function byFrequency(X: Csr): Uint32Array {
  const counts = new Uint32Array(X.columns);
  for (let k = 0; k < X.indices.length; k++) counts[X.indices[k]!]!++;
  return Uint32Array.from({ length: X.columns }, (_, j) => j).sort(
    (a, b) => counts[b]! - counts[a]! || a - b,
  );
}

/** X with column `features[r]` as column `r`. */
function rankColumns(X: Csr, features: Uint32Array, allocate: Allocate): Csr {
  const ranks = new Uint32Array(X.columns);
  for (let rank = 0; rank < features.length; rank++) ranks[features[rank]!] = rank;
  const indptr = new Uint32Array(allocate(4 * (X.rows + 1)));
  const indices = new Uint32Array(allocate(4 * X.indices.length));
  const values = new Float64Array(allocate(8 * X.indices.length));
  indptr.set(X.indptr);
  const valueOf = new Float64Array(X.columns);
  for (let i = 0; i < X.rows; i++) {
    const [start, end] = [X.indptr[i]!, X.indptr[i + 1]!];
    for (let k = start; k < end; k++) {
      const rank = ranks[X.indices[k]!]!;
      indices[k] = rank;
      valueOf[rank] = X.values[k]!;
    }
    indices.subarray(start, end).sort();
    for (let k = start; k < end; k++) values[k] = valueOf[indices[k]!]!;
  }
  return { rows: X.rows, columns: X.columns, indptr, indices, values };
}

function rowsByLabel(Y: LabelMatrix, allocate: Allocate): Pick<SvcProblem, 'starts' | 'rows'> {
  const starts = new Uint32Array(allocate(4 * (Y.labels + 1)));
  const rows = new Uint32Array(allocate(4 * Y.indices.length));
  for (let k = 0; k < Y.indices.length; k++) starts[Y.indices[k]! + 1]!++;
  for (let label = 0; label < Y.labels; label++) starts[label + 1]! += starts[label]!;
  const next = starts.slice();
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) rows[next[Y.indices[k]!]!++] = i;
  }
  return { starts, rows };
}
