/**
 * What the tags of the training questions say of a tag, whatever a question's words are.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';

export interface TagStatistics {
  /** Length labels: the share of the rows with the tag. */
  readonly prior: Float64Array;
  /** For each field, length labels: the share of the rows that name the tag in the field which have it. */
  readonly trust: readonly Float64Array[];
  readonly together: Together;
}

/** `P(label | other)` for the labels that some row has together: CSR, row `other`, labels ascending. */
export interface Together {
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/**
 * All shares are drawn towards chance by half a row, so that none is 0 or 1.
 *
 * @param Y Shape (rows, labels).
 * @param named For each field, shape (rows, labels).
 * @param isSeen Which rows to learn from.
 */
export function tagStatistics(
  Y: LabelMatrix,
  named: readonly LabelMatrix[],
  isSeen: (row: number) => boolean,
): TagStatistics {
  const rows = Array.from({ length: Y.rows }, (_, row) => row).filter(isSeen);
  const support = new Float64Array(Y.labels);
  for (const row of rows) for (const label of labelsOf(Y, row)) support[label]!++;
  return {
    prior: support.map((count) => (count + 0.5) / (rows.length + 1)),
    trust: named.map((hits) => trustIn(hits, Y, rows)),
    together: countTogether(Y, rows, support),
  };
}

function trustIn(hits: LabelMatrix, Y: LabelMatrix, rows: readonly number[]): Float64Array {
  const named = new Float64Array(Y.labels);
  const right = new Float64Array(Y.labels);
  for (const row of rows) {
    const truth = new Set(labelsOf(Y, row));
    for (const label of labelsOf(hits, row)) {
      named[label]!++;
      if (truth.has(label)) right[label]!++;
    }
  }
  return named.map((count, label) => (right[label]! + 0.5) / (count + 1.5));
}

function countTogether(Y: LabelMatrix, rows: readonly number[], support: Float64Array): Together {
  const counts = Array.from({ length: Y.labels }, () => new Map<number, number>());
  for (const row of rows) {
    const labels = labelsOf(Y, row);
    for (const other of labels) {
      for (const label of labels) {
        if (label !== other) counts[other]!.set(label, (counts[other]!.get(label) ?? 0) + 1);
      }
    }
  }
  const indptr = new Uint32Array(Y.labels + 1);
  counts.forEach((partners, other) => {
    indptr[other + 1] = indptr[other]! + partners.size;
  });
  const indices = new Uint32Array(indptr[Y.labels]!);
  const values = new Float64Array(indices.length);
  counts.forEach((partners, other) => {
    const sorted = [...partners].sort(([a], [b]) => a - b);
    sorted.forEach(([label, count], k) => {
      indices[indptr[other]! + k] = label;
      values[indptr[other]! + k] = count / (support[other]! + 2);
    });
  });
  return { indptr, indices, values };
}

/** `P(label | other)`, 0 for labels that no row has together. O(log partners). */
export function shareTogether({ indptr, indices, values }: Together, other: number, label: number): number {
  let low = indptr[other]!;
  let high = indptr[other + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (indices[middle]! < label) low = middle + 1;
    else high = middle;
  }
  return low < indptr[other + 1]! && indices[low] === label ? values[low]! : 0;
}

export const labelsOf = (Y: LabelMatrix, row: number): Uint32Array =>
  Y.indices.subarray(Y.indptr[row], Y.indptr[row + 1]);
