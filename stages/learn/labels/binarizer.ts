/**
 * Tags to a binary matrix and back, as scikit-learn's `MultiLabelBinarizer`; tags that it does not know are counted.
 *
 * @see scikit-learn 1.9.1, preprocessing/_label.py; its golden rows are checked by test/learn/labels.
 * @module
 */

import { compareCodePoints } from '../text/index.ts';

/** Shape (rows, labels): row `i` has the labels `indices[indptr[i]..indptr[i+1]]`, ascending. */
export interface LabelMatrix {
  readonly rows: number;
  readonly labels: number;
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
}

export interface Binarized {
  readonly matrix: LabelMatrix;
  /** Tags outside the classes to the number of rows that have them, by name. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** @param classes The columns, each name once, in any order. */
export function binarizeLabels(classes: readonly string[], rows: readonly Iterable<string>[]): Binarized {
  const columns = new Map(classes.map((name, column) => [name, column]));
  if (columns.size !== classes.length) throw new RangeError('A class is named twice');
  const unknown = new Map<string, number>();
  const indices: number[] = [];
  const indptr = new Uint32Array(rows.length + 1);
  rows.forEach((tags, i) => {
    const row: number[] = [];
    for (const tag of new Set(tags)) {
      const column = columns.get(tag);
      if (column === undefined) unknown.set(tag, (unknown.get(tag) ?? 0) + 1);
      else row.push(column);
    }
    indices.push(...row.sort((a, b) => a - b));
    indptr[i + 1] = indices.length;
  });
  const sorted = new Map([...unknown].sort(([a], [b]) => compareCodePoints(a, b)));
  const matrix = { rows: rows.length, labels: classes.length, indptr, indices: Uint32Array.from(indices) };
  return { matrix, unknown: sorted };
}

/** The names of each row's labels, in the order of the classes. */
export function inverseLabels(
  classes: readonly string[],
  matrix: LabelMatrix,
): readonly (readonly string[])[] {
  return Array.from({ length: matrix.rows }, (_, i) =>
    Array.from(matrix.indices.subarray(matrix.indptr[i], matrix.indptr[i + 1]), (column) => classes[column]!),
  );
}
