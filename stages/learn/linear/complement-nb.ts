/**
 * One-vs-rest complement naive Bayes, as scikit-learn's `OneVsRestClassifier(ComplementNB())`.
 *
 * A class is described by the features of the rows that are not in it. Of two classes the log-likelihoods' difference is
 * linear in the row: a label's coefficients are that difference, its intercept 0.
 *
 * @see Rennie, Shih, Teevan, Karger: Tackling the poor assumptions of naive Bayes text classifiers (ICML 2003);
 *   scikit-learn 1.9.1, naive_bayes.py; its golden values are checked by test/learn/linear.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { checkProblem } from './check-problem.ts';
import type { LinearFit } from './linear-model.ts';

export interface ComplementNbParams {
  /** Added to the count of each feature; > 0. */
  readonly alpha: number;
  /** Whether a class's weights are divided by their sum. */
  readonly norm: boolean;
}

/**
 * @param X Shape (n, features), n >= 1, no value below 0.
 * @param Y Shape (n, labels).
 * @throws {RangeError} If the shapes differ, there is no row, `alpha` is not above 0, or a value is not finite or below 0.
 *
 * O(nnz labels per row + features labels) time.
 */
export function fitComplementNb({ alpha, norm }: ComplementNbParams, X: Csr, Y: LabelMatrix): LinearFit {
  checkProblem(X, Y);
  if (!(alpha > 0 && alpha < Infinity)) throw new RangeError(`alpha is ${alpha}, not above 0`);
  if (X.values.some((value) => value < 0)) throw new RangeError('X has a value below 0');
  const { columns: features } = X;
  const { labels } = Y;
  const all = new Float64Array(features);
  const positives = new Uint32Array(labels);
  const coefficients = new Float64Array(labels * features);
  for (let i = 0; i < X.rows; i++) {
    const [start, end] = [X.indptr[i]!, X.indptr[i + 1]!];
    for (let k = start; k < end; k++) all[X.indices[k]!]! += X.values[k]!;
    for (let l = Y.indptr[i]!; l < Y.indptr[i + 1]!; l++) {
      const label = Y.indices[l]!;
      positives[label]!++;
      for (let k = start; k < end; k++) coefficients[label * features + X.indices[k]!]! += X.values[k]!;
    }
  }
  const intercepts = new Float64Array(labels);
  const rest = new Float64Array(features);
  for (let label = 0; label < labels; label++) {
    const own = coefficients.subarray(label * features, (label + 1) * features);
    const count = positives[label]!;
    if (count === 0 || count === X.rows) {
      own.fill(0);
      intercepts[label] = count === 0 ? -1 : 1;
      continue;
    }
    for (let j = 0; j < features; j++) rest[j] = all[j]! - own[j]!;
    // The complement of the label is the rest, that of the rest the label.
    weigh(rest, alpha, norm);
    weigh(own, alpha, norm);
    for (let j = 0; j < features; j++) own[j] = rest[j]! - own[j]!;
  }
  const model = { kind: 'linear', labels, features, coefficients, intercepts } as const;
  return { model, iterations: new Uint32Array(labels), unconverged: [] };
}

/** From the counts of the features outside of a class to the weights of the class, in place. */
function weigh(counts: Float64Array, alpha: number, norm: boolean): void {
  let sum = 0;
  for (let j = 0; j < counts.length; j++) sum += counts[j]! + alpha;
  let total = 0;
  for (let j = 0; j < counts.length; j++) {
    counts[j] = Math.log((counts[j]! + alpha) / sum);
    total += counts[j]!;
  }
  for (let j = 0; j < counts.length; j++) counts[j] = norm ? counts[j]! / total : -counts[j]!;
}
