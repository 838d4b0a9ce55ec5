/**
 * One binary linear support vector classifier, by dual coordinate descent with shrinking.
 *
 * Minimises `1/2 |w|^2 + 1/2 b^2 + sum_i C_i max(0, 1 - y_i (w.x_i + s b))^p`, p = 2 (squared hinge) or 1 (hinge), where s is
 * the intercept scaling: the intercept is penalised, as in liblinear. In the dual, one `alpha_i` a row is moved to its
 * optimum at a time; `w = sum_i alpha_i y_i x_i` is kept up to date.
 *
 * @see Hsieh, Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM (ICML
 *   2008), algorithm 3; the stopping rule is liblinear 2.47's.
 * @module
 */

import { type Random, randomInteger } from '../random/index.ts';
import { type Csr, dotRow } from '../sparse/index.ts';

export interface DualProblem {
  /** Shape (n, m). */
  readonly X: Csr;
  /** Length n, `|x_i|^2`: the same for every label. */
  readonly squaredNorms: Float64Array;
  /** Length n, +1 or -1, both at least once. */
  readonly y: Int8Array;
  /** `C` times the class's weight, for +1 and for -1; > 0. */
  readonly positiveC: number;
  readonly negativeC: number;
  readonly loss: 'squared_hinge' | 'hinge';
  /** Value of the feature that stands for the intercept; 0 fits none. */
  readonly interceptScaling: number;
  /** Stop when the projected gradients of all rows lie within this; > 0. */
  readonly tol: number;
  readonly maxIter: number;
}

export interface DualSolution {
  /** Length m; the caller's buffer, overwritten. */
  readonly w: Float64Array;
  readonly intercept: number;
  /** Passes over the rows. */
  readonly iterations: number;
  readonly converged: boolean;
}

/** O(iterations nnz) time, four arrays of length n. */
export function solveDual(problem: DualProblem, w: Float64Array, random: Random): DualSolution {
  const { X, squaredNorms, y, loss, interceptScaling: s, tol } = problem;
  const n = X.rows;
  const { indptr, indices, values } = X;
  const alpha = new Float64Array(n);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const isSquared = loss === 'squared_hinge';
  const positiveDiagonal = isSquared ? 0.5 / problem.positiveC : 0;
  const negativeDiagonal = isSquared ? 0.5 / problem.negativeC : 0;
  const positiveLimit = isSquared ? Infinity : problem.positiveC;
  const negativeLimit = isSquared ? Infinity : problem.negativeC;
  w.fill(0);
  let b = 0;
  let active = n;
  let upperOld = Infinity;
  let lowerOld = -Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < problem.maxIter) {
    iterations++;
    let upper = -Infinity;
    let lower = Infinity;
    for (let k = 0; k < active; k++) {
      const other = k + randomInteger(random, active - k);
      const kept = order[k]!;
      order[k] = order[other]!;
      order[other] = kept;
    }
    for (let k = 0; k < active; k++) {
      const i = order[k]!;
      const sign = y[i]!;
      const diagonal = sign > 0 ? positiveDiagonal : negativeDiagonal;
      const limit = sign > 0 ? positiveLimit : negativeLimit;
      const old = alpha[i]!;
      const gradient = sign * (dotRow(X, i, w) + s * b) - 1 + diagonal * old;
      let projected = gradient;
      if (old === 0) {
        if (gradient > upperOld) {
          order[k--] = order[--active]!;
          order[active] = i;
          continue;
        }
        projected = Math.min(gradient, 0);
      } else if (old === limit) {
        if (gradient < lowerOld) {
          order[k--] = order[--active]!;
          order[active] = i;
          continue;
        }
        projected = Math.max(gradient, 0);
      }
      if (projected > upper) upper = projected;
      if (projected < lower) lower = projected;
      if (Math.abs(projected) <= 1e-12) continue;
      const curvature = squaredNorms[i]! + s * s + diagonal;
      const moved = Math.min(Math.max(old - gradient / curvature, 0), limit);
      alpha[i] = moved;
      const step = (moved - old) * sign;
      for (let j = indptr[i]!; j < indptr[i + 1]!; j++) w[indices[j]!]! += step * values[j]!;
      b += step * s;
    }
    const isWithin = upper - lower <= tol && Math.abs(upper) <= tol && Math.abs(lower) <= tol;
    if (isWithin || active === 0) {
      if (active === n) {
        converged = true;
        break;
      }
      // What was shrunk may have changed sides: look at every row again.
      active = n;
      upperOld = Infinity;
      lowerOld = -Infinity;
      continue;
    }
    upperOld = upper <= 0 ? Infinity : upper;
    lowerOld = lower >= 0 ? -Infinity : lower;
  }
  return { w, intercept: s * b, iterations, converged };
}
