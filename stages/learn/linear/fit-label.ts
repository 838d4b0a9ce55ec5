/**
 * The fit of one label of many: reads what all share, writes the label's part of the solution and nothing else.
 *
 * @module
 */

import { createRandom } from '../random/index.ts';
import { solveDual } from './dual-coordinate-descent.ts';
import type { LinearSvcParams } from './params.ts';
import { type Allocate, countLabels, type SvcProblem } from './svc-problem.ts';

/** One entry, or one row of coefficients, for each label. */
export interface SvcSolution {
  /** Shape (labels, features), row by row. */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly iterations: Uint32Array;
  /** 1 where the fit ended within `tol`. */
  readonly converged: Uint8Array;
}

export function allocateSolution(problem: SvcProblem, allocate: Allocate): SvcSolution {
  const labels = countLabels(problem);
  return {
    coefficients: new Float64Array(allocate(8 * labels * problem.X.columns)),
    intercepts: new Float64Array(allocate(8 * labels)),
    iterations: new Uint32Array(allocate(4 * labels)),
    converged: new Uint8Array(allocate(labels)),
  };
}

/** Gives a function that fits a label; its buffers serve all labels, one after the other. */
export function labelFitter(problem: SvcProblem, solution: SvcSolution): (label: number) => void {
  const { params, X, features, starts, rows } = problem;
  const y = new Int8Array(X.rows);
  const w = new Float64Array(X.columns);
  const alpha = new Float64Array(X.rows);
  const order = new Uint32Array(X.rows);
  return (label) => {
    const positives = starts[label + 1]! - starts[label]!;
    if (positives === 0 || positives === X.rows) {
      solution.intercepts[label] = positives === 0 ? -1 : 1;
      solution.converged[label] = 1;
      return;
    }
    y.fill(-1);
    for (let k = starts[label]!; k < starts[label + 1]!; k++) y[rows[k]!] = 1;
    const [positiveC, negativeC] = weightsOfErrors(params, positives, X.rows);
    const random = createRandom(`linear_svc ${params.seed}`);
    const found = solveDual({ ...problem, y, positiveC, negativeC }, { w, alpha, order }, random);
    const coefficients = solution.coefficients.subarray(label * X.columns, (label + 1) * X.columns);
    for (let rank = 0; rank < features.length; rank++) coefficients[features[rank]!] = w[rank]!;
    solution.intercepts[label] = found.intercept;
    solution.iterations[label] = found.iterations;
    solution.converged[label] = found.converged ? 1 : 0;
  };
}

/** `C` for a positive and for a negative row. */
function weightsOfErrors(
  { C, classWeight }: LinearSvcParams,
  positives: number,
  rows: number,
): readonly [number, number] {
  if (classWeight === undefined) return [C, C];
  return [(C * rows) / (2 * positives), (C * rows) / (2 * (rows - positives))];
}
