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
import type { LinearSvcParams } from './params.ts';
import { allocateOwn, countBlocks, countLabels, prepareSvc, type SvcProblem } from './svc-problem.ts';

/** What was learned. */
export interface LinearModel {
  readonly labels: number;
  readonly features: number;
  /** Shape (labels, features), row by row. */
  readonly coefficients: Float64Array;
  /**
   * Length labels. A label that no row, or every row, has gets a constant score of -1, or +1. (scikit-learn's are 0 and
   * 1: the same prediction at threshold 0, but a label never seen would be given at any threshold below.)
   */
  readonly intercepts: Float64Array;
}

export interface LinearFit {
  readonly model: LinearModel;
  /** Length labels: passes over the rows; 0 for a constant label. */
  readonly iterations: Uint32Array;
  /** Labels whose fit stopped at `maxIter` before it was within `tol`, ascending. */
  readonly unconverged: readonly number[];
}

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
    model: { labels, features: problem.columns, coefficients, intercepts },
    iterations,
    unconverged: Array.from({ length: labels }, (_, label) => label).filter(
      (label) => converged[label] === 0,
    ),
  };
}
