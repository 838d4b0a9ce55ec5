/**
 * One-vs-rest logistic regression, as scikit-learn's `OneVsRestClassifier(LogisticRegression())`: for each label it minimises
 *
 * `1/2 |w|^2 + sum_i C_i ln(1 + exp(-y_i (w.x_i + b)))`
 *
 * by Newton's method, several labels side by side, each to the bits that it would have by itself.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { allocateOwn, allocateShared } from './label-rows.ts';
import type { LinearFit } from './linear-model.ts';
import { prepareLogistic } from './logistic-problem.ts';
import type { LogisticRegressionParams } from './params.ts';
import { fitBlocks, fitBlocksOnThreads, type ThreadOptions } from './pool.ts';

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @param onLabel Told after each label how many are done.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range or a value is not finite.
 *
 * O(nnz iterations) time for each label; the coefficients, X in both precisions and some arrays of length n.
 */
export const fitLogisticRegression = (
  params: LogisticRegressionParams,
  X: Csr,
  Y: LabelMatrix,
  onLabel: (done: number) => void = () => undefined,
): LinearFit => fitBlocks(prepareLogistic(params, X, Y, 1, allocateOwn), allocateOwn, onLabel);

/** `fitLogisticRegression` spread over threads, to the same bits. A thread takes about 30 ms to start. */
export async function fitLogisticRegressionOnThreads(
  params: LogisticRegressionParams,
  X: Csr,
  Y: LabelMatrix,
  options: ThreadOptions,
): Promise<LinearFit> {
  options.signal?.throwIfAborted();
  return fitBlocksOnThreads(prepareLogistic(params, X, Y, options.threads, allocateShared), options);
}
