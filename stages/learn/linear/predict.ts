/**
 * Scores and predictions of a linear model.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { type Csr, dotRow } from '../sparse/index.ts';
import type { LinearModel } from './linear-svc.ts';

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

/**
 * The labels whose score is above their threshold.
 *
 * @param scores Shape (rows, labels).
 * @param threshold One for all labels, or shape (labels,).
 */
export function labelsAbove(
  scores: Float64Array,
  labels: number,
  threshold: number | Float64Array,
): LabelMatrix {
  const rows = labels === 0 ? 0 : scores.length / labels;
  const thresholds = typeof threshold === 'number' ? new Float64Array(labels).fill(threshold) : threshold;
  if (thresholds.length !== labels)
    throw new RangeError(`${thresholds.length} thresholds for ${labels} labels`);
  const indptr = new Uint32Array(rows + 1);
  const indices: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let label = 0; label < labels; label++) {
      if (scores[i * labels + label]! > thresholds[label]!) indices.push(label);
    }
    indptr[i + 1] = indices.length;
  }
  return { rows, labels, indptr, indices: Uint32Array.from(indices) };
}
