/**
 * The tags of a question that are worth a second look.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { rowRanker } from '../ranking/index.ts';

/**
 * The best `most` labels of each row by their scores, and those that its title names.
 *
 * @param scores Shape (rows, labels), row by row.
 * @param named Shape (rows, labels).
 * @returns Shape (rows, labels): row by row, labels ascending.
 */
export function chooseCandidates(scores: Float64Array, named: LabelMatrix, most: number): LabelMatrix {
  const { rows, labels } = named;
  const rank = rowRanker(labels, most);
  const indptr = new Uint32Array(rows + 1);
  const parts: Uint32Array[] = [];
  for (let row = 0; row < rows; row++) {
    const best = rank(scores, row);
    const titled = named.indices.subarray(named.indptr[row], named.indptr[row + 1]);
    const chosen = Uint32Array.from(new Set([...best, ...titled])).sort();
    parts.push(chosen);
    indptr[row + 1] = indptr[row]! + chosen.length;
  }
  const indices = new Uint32Array(indptr[rows]!);
  parts.forEach((part, row) => {
    indices.set(part, indptr[row]);
  });
  return { rows, labels, indptr, indices };
}
