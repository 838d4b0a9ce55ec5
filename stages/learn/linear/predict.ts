/**
 * Scores of a linear model.
 *
 * @module
 */

import { type Csr, dotRow } from '../sparse/index.ts';
import type { LinearModel } from './linear-model.ts';

/**
 * `X W^T + b`. A row's scores do not depend on the other rows: each sum runs from the first column on, the intercept
 * last.
 *
 * @returns Shape (rows, labels), row by row.
 * @throws {RangeError} If X has other features than the model.
 *
 * O(nnz labels) time.
 */
export function decisionFunction(model: LinearModel, X: Csr): Float64Array {
  if (X.columns !== model.features) {
    throw new RangeError(`X has ${X.columns} features, the model ${model.features}`);
  }
  const scores = new Float64Array(X.rows * model.labels);
  for (let label = 0; label < model.labels; label++) {
    const w = model.coefficients.subarray(label * model.features, (label + 1) * model.features);
    const intercept = model.intercepts[label]!;
    for (let i = 0; i < X.rows; i++) scores[i * model.labels + label] = dotRow(X, i, w) + intercept;
  }
  return scores;
}
