/**
 * Sparse rows made dense, in single precision, as scikit-learn's trees read them.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';

/** Features that trees are grown over: each is read for every row. */
export const MOST_FEATURES = 4096;

/** Rows that a key can tell apart, see `sortRows` of `best-split.ts`. */
const MOST_ROWS = 2 ** 21;

/** Shape (features, rows), feature by feature. */
export interface Columns {
  readonly rows: number;
  readonly features: number;
  readonly values: Float32Array;
}

export const columnOf = ({ rows, values }: Columns, feature: number): Float32Array =>
  values.subarray(feature * rows, (feature + 1) * rows);

/** @throws {RangeError} If the shapes differ, there is no row, a value is not finite, or there are too many rows or features. */
export function denseColumns(X: Csr, Y: Pick<LabelMatrix, 'rows'>): Columns {
  const { rows, columns: features } = X;
  if (rows !== Y.rows) throw new RangeError(`X has ${rows} rows, Y ${Y.rows}`);
  if (rows === 0) throw new RangeError('There is no row to learn from');
  if (rows > MOST_ROWS) throw new RangeError(`X has ${rows} rows, ${MOST_ROWS} are the most`);
  if (features > MOST_FEATURES)
    throw new RangeError(`X has ${features} features, ${MOST_FEATURES} are the most`);
  const values = new Float32Array(rows * features);
  for (let i = 0; i < rows; i++) {
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) {
      const value = X.values[k]!;
      if (!Number.isFinite(value)) throw new RangeError('X has a value that is not finite');
      values[X.indices[k]! * rows + i] = value;
    }
  }
  return { rows, features, values };
}

/** Calls `visit` with each row made dense; the array is the same each time. @throws {RangeError} If X has other features. */
export function forEachDenseRow(
  X: Csr,
  features: number,
  visit: (row: Float32Array, index: number) => void,
): void {
  if (X.columns !== features) throw new RangeError(`X has ${X.columns} features, the model ${features}`);
  const row = new Float32Array(features);
  for (let i = 0; i < X.rows; i++) {
    const [start, end] = [X.indptr[i]!, X.indptr[i + 1]!];
    for (let k = start; k < end; k++) row[X.indices[k]!] = X.values[k]!;
    visit(row, i);
    for (let k = start; k < end; k++) row[X.indices[k]!] = 0;
  }
}
