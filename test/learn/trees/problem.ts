/**
 * Dense problems for trees.
 *
 * @module
 */

import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';

export const csrOf = (rows: readonly (readonly number[])[]): Csr =>
  csrFromRows(
    rows.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [[column, value] as const]))),
    rows[0]!.length,
  );

/** @param rows For each row whether it has each of the labels. */
export function labelsOf(rows: readonly (readonly number[])[]): LabelMatrix {
  const names = rows[0]!.map((_, label) => `label ${label}`);
  return binarizeLabels(
    names,
    rows.map((row) => names.filter((_, label) => row[label] === 1)),
  ).matrix;
}

/** Six features; three labels that follow from them by steps, some of them wrong. */
export function drawn(key: string, rows: number): { X: number[][]; Y: number[][] } {
  const random = createRandom(key);
  const X = Array.from({ length: rows }, () =>
    Array.from({ length: 6 }, () => Math.fround(random() * 2 - 1)),
  );
  const Y = X.map(([a, b, c, d]) =>
    [a! + b! > 0, c! > 0.3 !== d! > 0, a! * c! > 0.1].map((isOn) => Number(isOn !== random() < 0.05)),
  );
  return { X, Y };
}
