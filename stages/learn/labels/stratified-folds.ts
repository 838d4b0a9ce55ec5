/**
 * Folds that share out the rows of every label evenly.
 *
 * @module
 */

import type { LabelMatrix } from './binarizer.ts';

/**
 * Iterative stratification: the label with the fewest rows left gives its rows away first, since it could least make up
 * for a bad start. A row goes to the fold that has the fewest of this label; of equal folds to that with the fewest rows,
 * of these to the first. Of equal labels the first is taken; rows without labels come last.
 *
 * @param Y Shape (n, labels).
 * @param folds From 2 to n.
 * @returns Length n: each row's fold, from 0 to below `folds`.
 * @throws {RangeError} If there are fewer rows than folds.
 *
 * O(labels^2 + nnz folds) time.
 *
 * @see Sechidis, Tsoumakas, Vlahavas: On the stratification of multi-label data (ECML PKDD 2011), which breaks the last
 *   ties by chance.
 */
export function stratifiedFolds(Y: LabelMatrix, folds: number): Uint32Array {
  if (!(folds >= 2 && folds <= Y.rows)) throw new RangeError(`Cannot make ${folds} folds of ${Y.rows} rows`);
  const rowsOf = rowsByLabel(Y);
  const left = Uint32Array.from(rowsOf, (rows) => rows.length);
  const foldOf = new Uint32Array(Y.rows).fill(folds);
  const sizes = new Uint32Array(folds);
  const given = Array.from({ length: folds }, () => new Uint32Array(Y.labels));
  const give = (row: number, fold: number): void => {
    foldOf[row] = fold;
    sizes[fold]!++;
    for (let k = Y.indptr[row]!; k < Y.indptr[row + 1]!; k++) {
      given[fold]![Y.indices[k]!]!++;
      left[Y.indices[k]!]!--;
    }
  };
  for (let label = rarest(left); label !== undefined; label = rarest(left)) {
    for (const row of rowsOf[label]!) {
      if (foldOf[row] === folds)
        give(
          row,
          neediest(sizes, (fold) => given[fold]![label]!),
        );
    }
  }
  for (let row = 0; row < Y.rows; row++) {
    if (foldOf[row] === folds)
      give(
        row,
        neediest(sizes, () => 0),
      );
  }
  return foldOf;
}

/** Ascending. */
function rowsByLabel(Y: LabelMatrix): readonly (readonly number[])[] {
  const rowsOf = Array.from({ length: Y.labels }, (): number[] => []);
  for (let row = 0; row < Y.rows; row++) {
    for (let k = Y.indptr[row]!; k < Y.indptr[row + 1]!; k++) rowsOf[Y.indices[k]!]!.push(row);
  }
  return rowsOf;
}

function rarest(left: Uint32Array): number | undefined {
  let found: number | undefined;
  for (let label = 0; label < left.length; label++) {
    if (left[label]! > 0 && (found === undefined || left[label]! < left[found]!)) found = label;
  }
  return found;
}

function neediest(sizes: Uint32Array, hasOfLabel: (fold: number) => number): number {
  let found = 0;
  for (let fold = 1; fold < sizes.length; fold++) {
    const difference = hasOfLabel(fold) - hasOfLabel(found) || sizes[fold]! - sizes[found]!;
    if (difference < 0) found = fold;
  }
  return found;
}
