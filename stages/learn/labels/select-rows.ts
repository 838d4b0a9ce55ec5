/**
 * Some of the rows of a binary matrix.
 *
 * @module
 */

import type { LabelMatrix } from './binarizer.ts';

/** These rows, in this order. */
export function selectLabelRows(Y: LabelMatrix, rows: Uint32Array): LabelMatrix {
  const indptr = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    indptr[i + 1] = indptr[i]! + Y.indptr[row + 1]! - Y.indptr[row]!;
  });
  const indices = new Uint32Array(indptr[rows.length]!);
  rows.forEach((row, i) => {
    indices.set(Y.indices.subarray(Y.indptr[row], Y.indptr[row + 1]), indptr[i]);
  });
  return { rows: rows.length, labels: Y.labels, indptr, indices };
}
