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
import { allocateSolution, blockFitter, type SvcSolution } from './fit-block.ts';
import type { LinearFit } from './linear-model.ts';
import type { LinearSvcParams } from './params.ts';
import { allocateOwn, countBlocks, countLabels, prepareSvc, type SvcProblem } from './svc-problem.ts';

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @param onLabel Told after each label how many are done.
 * @throws {RangeError} If the shapes differ, there is no row, a parameter is out of range or a value is not finite.
 *
 * O(nnz iterations) time for each label; the coefficients, X in both precisions and some arrays of length n.
 */
export function fitLinearSvc(
  params: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
  onLabel: (done: number) => void = () => undefined,
): LinearFit {
  const problem = prepareSvc(params, X, Y, 1, allocateOwn);
  const solution = allocateSolution(problem, allocateOwn);
  fitBlocks(problem, solution, onLabel);
  return toFit(problem, solution);
}

/** All blocks in the caller's thread. */
export function fitBlocks(problem: SvcProblem, solution: SvcSolution, onLabel: (done: number) => void): void {
  let done = 0;
  const tell = (labels: number): void => {
    for (let k = 0; k < labels; k++) onLabel(++done);
  };
  tell(countLabels(problem) - problem.queue.length);
  if (problem.queue.length === 0) return;
  const fitBlock = blockFitter(problem, solution, 0);
  for (let block = 0; block < countBlocks(problem); block++) tell(fitBlock(block));
}

export function toFit(problem: SvcProblem, solution: SvcSolution): LinearFit {
  const { coefficients, intercepts, iterations, converged } = solution;
  const labels = countLabels(problem);
  return {
    model: { kind: 'linear', labels, features: problem.columns, coefficients, intercepts },
    iterations,
    unconverged: Array.from({ length: labels }, (_, label) => label).filter(
      (label) => converged[label] === 0,
    ),
  };
}
