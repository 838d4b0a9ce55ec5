/**
 * A linear classifier of two classes by stochastic gradient descent: `SGDClassifier(loss="modified_huber", penalty="l1",
 * alpha=1e-4, max_iter=50, random_state=42)`.
 *
 * @module
 */

import { fitSgdOnce, type SgdParams } from '../linear/index.ts';
import { type Csr, dotRow } from '../sparse/index.ts';

const PARAMS: SgdParams = {
  loss: 'modified_huber',
  penalty: 'l1',
  alpha: 1e-4,
  l1Ratio: 1,
  fitIntercept: true,
  maxIter: 50,
  tol: 1e-3,
  learningRate: 'optimal',
  eta0: 1,
  powerT: 0.5,
  classWeight: undefined,
  average: false,
  seed: 42,
};

export interface LinearSeparator {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/** @param isPositive Length rows. */
export const fitSeparator = (X: Csr, isPositive: Uint8Array): LinearSeparator =>
  fitSgdOnce(
    PARAMS,
    X,
    Float64Array.from(isPositive, (is) => (is === 1 ? 1 : -1)),
  );

/** How sure each row is to be positive, in [0, 1]. Length rows. */
export const separate = ({ weights, intercept }: LinearSeparator, X: Csr): Float64Array =>
  Float64Array.from({ length: X.rows }, (_, row) => {
    const score = dotRow(X, row, weights) + intercept;
    return (Math.min(1, Math.max(-1, score)) + 1) / 2;
  });
