/**
 * Rows in a kernel's memory.
 *
 * Features are numbered anew, the most frequent first: the weights that nearly every row reads lie side by side.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';

/** By rows with ranks for columns, ascending. */
export interface RankedRows {
  readonly indices: Uint32Array | Uint16Array;
  readonly singles: Float32Array;
  readonly doubles: Float64Array;
}

/** Length rows + 1: where rows begin whose lengths are filled up to a multiple of `unit`. */
export function paddedStarts(X: Csr, unit: number): Uint32Array {
  const starts = new Uint32Array(X.rows + 1);
  for (let i = 0; i < X.rows; i++) {
    starts[i + 1] = starts[i]! + Math.ceil((X.indptr[i + 1]! - X.indptr[i]!) / unit) * unit;
  }
  return starts;
}

/**
 * Puts the rows there, where zeros are.
 *
 * @param features Length columns: the feature of each rank.
 * @param starts Length rows + 1: where each row is to begin.
 */
export function rankRows(
  X: Csr,
  features: Uint32Array,
  starts: Uint32Array,
  { indices, singles, doubles }: RankedRows,
): void {
  const ranks = new Uint32Array(X.columns);
  for (let rank = 0; rank < features.length; rank++) ranks[features[rank]!] = rank;
  const valueOf = new Float64Array(X.columns);
  for (let i = 0; i < X.rows; i++) {
    let end = starts[i]!;
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++, end++) {
      const rank = ranks[X.indices[k]!]!;
      indices[end] = rank;
      valueOf[rank] = X.values[k]!;
    }
    indices.subarray(starts[i], end).sort();
    for (let k = starts[i]!; k < end; k++) {
      const value = valueOf[indices[k]!]!;
      singles[k] = value;
      doubles[k] = value;
    }
  }
}

/** Columns in the order of their number of rows, descending; ties: the earlier column. */
export function byFrequency(X: Csr): Uint32Array {
  const counts = new Uint32Array(X.columns);
  for (let k = 0; k < X.indices.length; k++) counts[X.indices[k]!]!++;
  return Uint32Array.from({ length: X.columns }, (_, j) => j).sort(
    (a, b) => counts[b]! - counts[a]! || a - b,
  );
}
