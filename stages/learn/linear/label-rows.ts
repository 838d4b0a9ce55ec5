/**
 * The rows of each label, and the order in which labels are fitted.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';

/** Space for so many bytes. */
export type Allocate = (sizeBytes: number) => ArrayBufferLike;

export const allocateOwn: Allocate = (sizeBytes) => new ArrayBuffer(sizeBytes);
export const allocateShared: Allocate = (sizeBytes) => new SharedArrayBuffer(sizeBytes);

export interface LabelRows {
  /** Length labels + 1; the rows of label `l` are `labelRows[labelStarts[l]..labelStarts[l+1]]`, ascending. */
  readonly labelStarts: Uint32Array;
  readonly labelRows: Uint32Array;
}

export const countLabels = ({ labelStarts }: Pick<LabelRows, 'labelStarts'>): number =>
  labelStarts.length - 1;

export function rowsByLabel(Y: LabelMatrix, allocate: Allocate): LabelRows {
  const labelStarts = new Uint32Array(allocate(4 * (Y.labels + 1)));
  const labelRows = new Uint32Array(allocate(4 * Y.indices.length));
  for (let k = 0; k < Y.indices.length; k++) labelStarts[Y.indices[k]! + 1]!++;
  for (let label = 0; label < Y.labels; label++) labelStarts[label + 1]! += labelStarts[label]!;
  const next = labelStarts.slice();
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) labelRows[next[Y.indices[k]!]!++] = i;
  }
  return { labelStarts, labelRows };
}

/**
 * Labels of about as many rows take about as many passes: side by side none waits long for another. And blocks that take
 * longer are started first, so that no thread waits for the last of them.
 */
export function mostRowsFirst(labelStarts: Uint32Array, rows: number, allocate: Allocate): Uint32Array {
  const rowsOf = (label: number): number => labelStarts[label + 1]! - labelStarts[label]!;
  const labels = Uint32Array.from({ length: countLabels({ labelStarts }) }, (_, label) => label)
    .filter((label) => rowsOf(label) > 0 && rowsOf(label) < rows)
    .sort((a, b) => rowsOf(b) - rowsOf(a) || a - b);
  const queue = new Uint32Array(allocate(4 * labels.length));
  queue.set(labels);
  return queue;
}
