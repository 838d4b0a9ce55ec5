/**
 * Scores of a linear model, made ready for a row at a time.
 *
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import type { LinearModel } from './linear-model.ts';

/**
 * `decisionFunction`, the same to the bit, with the coefficients of a column side by side: what a row of few entries
 * needs is then read in one go, where row by label it would lie a whole label apart. Holds a copy of the coefficients.
 *
 * @returns From X, shape (rows, columns), to scores, shape (rows, labels), row by row. It throws a `RangeError` if X
 *   has other columns than the model.
 *
 * O(columns labels) to make ready, then O(nnz labels).
 */
export function createRowScorer({
  labels,
  features,
  coefficients,
  intercepts,
}: LinearModel): (X: Csr) => Float64Array {
  const byColumn = new Float64Array(coefficients.length);
  for (let label = 0; label < labels; label++) {
    for (let j = 0; j < features; j++) byColumn[j * labels + label] = coefficients[label * features + j]!;
  }
  return (X) => {
    if (X.columns !== features) throw new RangeError(`X has ${X.columns} features, the model ${features}`);
    const scores = new Float64Array(X.rows * labels);
    const row = X.rows === 1 ? scores : new Float64Array(labels);
    for (let i = 0; i < X.rows; i++) {
      row.fill(0);
      addRow(row, X, i, byColumn);
      for (let label = 0; label < labels; label++) row[label] = row[label]! + intercepts[label]!;
      if (row !== scores) scores.set(row, i * labels);
    }
    return scores;
  };
}

/** Four columns in one pass over the sums: these are read and written a quarter as often, and no sum changes its order. */
function addRow(
  sums: Float64Array,
  { indptr, indices, values }: Csr,
  row: number,
  byColumn: Float64Array,
): void {
  const labels = sums.length;
  const end = indptr[row + 1]!;
  let k = indptr[row]!;
  for (; k + 3 < end; k += 4) {
    const a = values[k]!;
    const b = values[k + 1]!;
    const c = values[k + 2]!;
    const d = values[k + 3]!;
    const atA = indices[k]! * labels;
    const atB = indices[k + 1]! * labels;
    const atC = indices[k + 2]! * labels;
    const atD = indices[k + 3]! * labels;
    for (let label = 0; label < labels; label++) {
      sums[label] =
        sums[label]! +
        a * byColumn[atA + label]! +
        b * byColumn[atB + label]! +
        c * byColumn[atC + label]! +
        d * byColumn[atD + label]!;
    }
  }
  for (; k < end; k++) {
    const value = values[k]!;
    const at = indices[k]! * labels;
    for (let label = 0; label < labels; label++) sums[label] = sums[label]! + value * byColumn[at + label]!;
  }
}
