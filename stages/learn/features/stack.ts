/**
 * Blocks of columns side by side.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';

/**
 * @param parts Of equal numbers of rows.
 * @param weights What each part is multiplied by.
 * @returns Shape (rows, sum of the parts' columns).
 *
 * O(entries) time.
 */
export function stackColumns(parts: readonly Csr[], weights: readonly number[]): Csr {
  const rows = parts[0]?.rows ?? 0;
  const nnz = parts.reduce((sum, part) => sum + part.indices.length, 0);
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(nnz);
  const values = new Float64Array(nnz);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    let offset = 0;
    for (const [p, part] of parts.entries()) {
      for (let k = part.indptr[i]!; k < part.indptr[i + 1]!; k++) {
        indices[at] = offset + part.indices[k]!;
        values[at++] = weights[p]! * part.values[k]!;
      }
      offset += part.columns;
    }
    indptr[i + 1] = at;
  }
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  return { rows, columns, indptr, indices, values };
}
