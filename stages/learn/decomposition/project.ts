/**
 * Rows in the directions that were learned.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import type { TruncatedSvd } from './truncated-svd.ts';

/**
 * `X V`: a row alone has the bits that it has among others.
 *
 * @param X Shape (rows, columns of the SVD).
 * @returns Shape (rows, components), with what is 0 left out: a row without entries stays so.
 *
 * O(entries x components).
 */
export function projectRows({ components, columns, loadings }: TruncatedSvd, X: Csr): Csr {
  if (X.columns !== columns) throw new RangeError(`X has ${X.columns} columns, not ${columns}`);
  const indptr = new Uint32Array(X.rows + 1);
  const indices = new Uint32Array(X.rows * components);
  const values = new Float64Array(X.rows * components);
  const row = new Float64Array(components);
  let at = 0;
  for (let i = 0; i < X.rows; i++) {
    row.fill(0);
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) {
      const value = X.values[k]!;
      const from = X.indices[k]! * components;
      for (let j = 0; j < components; j++) row[j]! += value * loadings[from + j]!;
    }
    for (let j = 0; j < components; j++) {
      if (row[j] === 0) continue;
      indices[at] = j;
      values[at++] = row[j]!;
    }
    indptr[i + 1] = at;
  }
  return {
    rows: X.rows,
    columns: components,
    indptr,
    indices: indices.slice(0, at),
    values: values.slice(0, at),
  };
}
