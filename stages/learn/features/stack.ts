/**
 * Blocks of columns side by side.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';

/**
 * @param parts Of equal numbers of rows, at least one.
 * @param weights What each part is multiplied by.
 * @returns Shape (rows, sum of the parts' columns).
 *
 * O(entries) time, and none for a single part of weight 1: it is given back.
 */
export function stackColumns(parts: readonly Csr[], weights: readonly number[]): Csr {
  const [only] = parts;
  if (parts.length === 1 && weights[0] === 1) return only!;
  const rows = only!.rows;
  const nnz = parts.reduce((sum, part) => sum + part.indices.length, 0);
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(nnz);
  const values = new Float64Array(nnz);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    let offset = 0;
    for (const [p, part] of parts.entries()) {
      const weight = weights[p]!;
      for (let k = part.indptr[i]!; k < part.indptr[i + 1]!; k++) {
        indices[at] = offset + part.indices[k]!;
        values[at++] = weight * part.values[k]!;
      }
      offset += part.columns;
    }
    indptr[i + 1] = at;
  }
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  return { rows, columns, indptr, indices, values };
}

/** Each row divided by its Euclidean length, summed from its first column on; a row of zeros stays. */
export function normalizeRows(X: Csr): Csr {
  const values = X.values.slice();
  for (let i = 0; i < X.rows; i++) {
    const row = values.subarray(X.indptr[i], X.indptr[i + 1]);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (const [k, value] of row.entries()) row[k] = value / length;
  }
  return { ...X, values };
}
