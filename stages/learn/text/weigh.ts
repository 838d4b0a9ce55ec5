/**
 * Counts to weights: term frequency times inverse document frequency, rows of length 1.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import type { Tallied } from './tally.ts';

export interface WeightParams {
  /** Presence instead of counts. */
  readonly binary: boolean;
  /** `1 + ln(tf)` instead of `tf`. */
  readonly sublinearTf: boolean;
  readonly useIdf: boolean;
  /** `ln((1 + n) / (1 + df)) + 1`, as if one more document held every term; else `ln(n / df) + 1`. */
  readonly smoothIdf: boolean;
  /** Brings each row to length 1; a row without terms stays. */
  readonly norm: 'l1' | 'l2' | 'none';
}

export interface Weights {
  readonly weights: WeightParams;
  readonly terms: readonly string[];
  readonly idf: Float64Array | undefined;
}

/**
 * @param columnOf For each counted term its column, below 0 for a term that has none.
 * @param scratch Length terms, to work in.
 * @returns Shape (texts, terms).
 *
 * O(entries + terms) time. A row's norm is summed from its first column on.
 */
export function weigh(
  model: Weights,
  counted: Tallied,
  columnOf: Int32Array,
  scratch = new Uint32Array(model.terms.length),
): Csr {
  const { weights, idf, terms } = model;
  const { indptr, indices, counts } = sortedCounts(counted, columnOf, scratch);
  const values = new Float64Array(indices.length);
  const tf = tfTable(weights, counts);
  for (let k = 0; k < values.length; k++) {
    const frequency = tf[counts[k]!]!;
    values[k] = idf === undefined ? frequency : frequency * idf[indices[k]!]!;
  }
  const rows = indptr.length - 1;
  if (weights.norm !== 'none') {
    for (let i = 0; i < rows; i++) normalize(values, indptr[i]!, indptr[i + 1]!, weights.norm === 'l2');
  }
  return { rows, columns: terms.length, indptr, indices, values };
}

/**
 * The rows' columns ascending, with their counts.
 *
 * @param countOf Of each column, in the row at hand; what it holds before does not matter.
 */
function sortedCounts({ starts, ids, counts }: Tallied, columnOf: Int32Array, countOf: Uint32Array) {
  const rows = starts.length - 1;
  const indptr = new Uint32Array(rows + 1);
  let entries = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) if (columnOf[ids[k]!]! >= 0) entries++;
    indptr[i + 1] = entries;
  }
  const indices = new Uint32Array(entries);
  const sorted = new Uint32Array(entries);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    let isAscending = true;
    let before = -1;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const column = columnOf[ids[k]!]!;
      if (column < 0) continue;
      isAscending &&= column > before;
      before = column;
      sorted[at] = counts[k]!;
      indices[at++] = column;
    }
    if (isAscending) continue;
    for (let k = indptr[i]!; k < at; k++) countOf[indices[k]!] = sorted[k]!;
    sortNumbers(indices, indptr[i]!, at);
    for (let k = indptr[i]!; k < at; k++) sorted[k] = countOf[indices[k]!]!;
  }
  return { indptr, indices, counts: sorted };
}

/** Ascending, in place. A call of the sort of typed arrays costs more than a few numbers need. */
function sortNumbers(numbers: Uint32Array, start: number, end: number): void {
  if (end - start > 24) {
    numbers.subarray(start, end).sort();
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const number = numbers[i]!;
    let at = i;
    for (; at > start && numbers[at - 1]! > number; at--) numbers[at] = numbers[at - 1]!;
    numbers[at] = number;
  }
}

/** The frequency that each count stands for. */
function tfTable({ binary, sublinearTf }: WeightParams, counts: Uint32Array): Float64Array {
  let most = 0;
  for (let k = 0; k < counts.length; k++) if (counts[k]! > most) most = counts[k]!;
  const table = new Float64Array(most + 1);
  for (let count = 0; count <= most; count++) {
    const frequency = binary ? Math.min(count, 1) : count;
    table[count] = sublinearTf ? 1 + Math.log(frequency) : frequency;
  }
  return table;
}

/** In place. */
function normalize(values: Float64Array, start: number, end: number, isSquared: boolean): void {
  let sum = 0;
  for (let k = start; k < end; k++) sum += isSquared ? values[k]! * values[k]! : Math.abs(values[k]!);
  const length = isSquared ? Math.sqrt(sum) : sum;
  if (length === 0) return;
  for (let k = start; k < end; k++) values[k]! /= length;
}
