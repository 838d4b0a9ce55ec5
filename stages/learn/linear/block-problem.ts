/**
 * What fits of labels, block by block, have in common whatever the solver; and what they write.
 *
 * @module
 */

import type { KernelModule, SharedMemory } from './kernel.ts';
import { type Allocate, countLabels, type LabelRows } from './label-rows.ts';
import type { LinearFit } from './linear-model.ts';

/** In memory that threads share; addresses are bytes from its start. */
export interface BlockProblem extends LabelRows {
  readonly rows: number;
  readonly columns: number;
  /** Length columns: the feature of each rank. */
  readonly features: Uint32Array;
  /** Labels of a block. */
  readonly lanes: number;
  /** Labels that some rows have and some do not, those with most rows first; a block is `lanes` of them. */
  readonly queue: Uint32Array;
  readonly module: KernelModule;
  readonly memory: SharedMemory;
  /** What each thread writes. */
  readonly seats: readonly unknown[];
}

/** One entry, or one row of coefficients, for each label. */
export interface Solution {
  /** Shape (labels, features), row by row. */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly iterations: Uint32Array;
  /** 1 where the fit ended within `tol`. */
  readonly converged: Uint8Array;
}

/** Fits a block, by its number, and says how many labels it has. */
export type FitBlock = (block: number) => number;

export const countBlocks = ({ queue, lanes }: Pick<BlockProblem, 'queue' | 'lanes'>): number =>
  Math.ceil(queue.length / lanes);

/** Labels that no row or every row has are done in it. */
export function allocateSolution(problem: BlockProblem, allocate: Allocate): Solution {
  const { labelStarts, rows } = problem;
  const labels = countLabels(problem);
  const solution = {
    coefficients: new Float64Array(allocate(8 * labels * problem.columns)),
    intercepts: new Float64Array(allocate(8 * labels)),
    iterations: new Uint32Array(allocate(4 * labels)),
    converged: new Uint8Array(allocate(labels)),
  };
  for (let label = 0; label < labels; label++) {
    const positives = labelStarts[label + 1]! - labelStarts[label]!;
    if (positives > 0 && positives < rows) continue;
    solution.intercepts[label] = positives === 0 ? -1 : 1;
    solution.converged[label] = 1;
  }
  return solution;
}

export function toFit(problem: BlockProblem, solution: Solution): LinearFit {
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
