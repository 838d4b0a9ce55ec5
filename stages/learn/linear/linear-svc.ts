/**
 * One-vs-rest linear support vector classifiers: one for each label, as scikit-learn's `OneVsRestClassifier(LinearSVC())`.
 *
 * Several labels are fitted side by side, each to the bits that it would have by itself: neither the order of the labels
 * nor how they are spread over threads shows in the result.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { allocateOwn, allocateShared } from './label-rows.ts';
import type { LinearFit } from './linear-model.ts';
import type { LinearSvcParams } from './params.ts';
import { fitBlocks, fitBlocksOnThreads, type ThreadOptions } from './pool.ts';
import { prepareSvc } from './svc-problem.ts';

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @param onLabel Told after each label how many are done.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range or a value is not finite.
 *
 * O(nnz iterations) time for each label; the coefficients, X in both precisions and some arrays of length n.
 */
export const fitLinearSvc = (
  params: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
  onLabel: (done: number) => void = () => undefined,
): LinearFit => fitBlocks(prepareSvc(params, X, Y, 1, allocateOwn), allocateOwn, onLabel);

/** `fitLinearSvc` spread over threads, to the same bits. A thread takes about 30 ms to start. */
export async function fitLinearSvcOnThreads(
  params: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
  options: ThreadOptions,
): Promise<LinearFit> {
  options.signal?.throwIfAborted();
  return fitBlocksOnThreads(prepareSvc(params, X, Y, options.threads, allocateShared), options);
}
