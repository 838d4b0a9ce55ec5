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
    for (let i = 0; i < X.rows; i++) {
      const row = scores.subarray(i * labels, (i + 1) * labels);
      for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) {
        const value = X.values[k]!;
        const start = X.indices[k]! * labels;
        for (let label = 0; label < labels; label++) row[label]! += value * byColumn[start + label]!;
      }
      for (let label = 0; label < labels; label++) row[label]! += intercepts[label]!;
    }
    return scores;
  };
}
