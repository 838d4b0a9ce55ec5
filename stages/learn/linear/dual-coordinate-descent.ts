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

import type { Random } from '../random/index.ts';
import type { SvcProblem } from './svc-problem.ts';

export interface BinaryProblem extends Pick<SvcProblem, 'params' | 'X' | 'squaredNorms'> {
  /** Length n, +1 or -1, both at least once. */
  readonly y: Int8Array;
  /** `C` times the class's weight, for +1 and for -1; > 0. */
  readonly positiveC: number;
  readonly negativeC: number;
}

/** The caller's buffers, overwritten. */
export interface DualBuffers {
  /** Length m: the weights found. */
  readonly w: Float64Array;
  /** Length n: the dual variables found. */
  readonly alpha: Float64Array;
  /** Length n. */
  readonly order: Uint32Array;
}

export interface DualSolution {
  readonly intercept: number;
  /** Passes over the rows. */
  readonly iterations: number;
  /** Whether the projected gradients of all rows ended within `tol`. */
  readonly converged: boolean;
}

/** Projected gradients nearer to 0 move nothing. */
const STILL = 1e-12;

/**
 * Each pass visits the rows that are not shrunk in an order drawn anew: in a fixed order it may not converge.
 *
 * O(iterations nnz) time, no allocation.
 */
export function solveDual(problem: BinaryProblem, buffers: DualBuffers, random: Random): DualSolution {
  const { X, squaredNorms, y, params } = problem;
  const { w, alpha, order } = buffers;
  const { indptr, indices, values, rows: n } = X;
  const { tol, maxIter, interceptScaling: s } = params;
  const isSquared = params.loss === 'squared_hinge';
  const positiveDiagonal = isSquared ? 0.5 / problem.positiveC : 0;
  const negativeDiagonal = isSquared ? 0.5 / problem.negativeC : 0;
  const positiveLimit = isSquared ? Infinity : problem.positiveC;
  const negativeLimit = isSquared ? Infinity : problem.negativeC;
  w.fill(0);
  alpha.fill(0);
  for (let i = 0; i < n; i++) order[i] = i;
  let b = 0;
  let active = n;
  let upperOld = Infinity;
  let lowerOld = -Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < maxIter) {
    iterations++;
    let upper = -Infinity;
    let lower = Infinity;
    for (let k = 0; k < active; k++) {
      const other = k + ((random() * (active - k)) | 0);
      const i = order[other]!;
      order[other] = order[k]!;
      order[k] = i;
      const start = indptr[i]!;
      const end = indptr[i + 1]!;
      const sign = y[i]!;
      const diagonal = sign > 0 ? positiveDiagonal : negativeDiagonal;
      const limit = sign > 0 ? positiveLimit : negativeLimit;
      const old = alpha[i]!;
      let score = s * b;
      for (let j = start; j < end; j++) score += values[j]! * w[indices[j]!]!;
      const gradient = sign * score - 1 + diagonal * old;
      let projected = gradient;
      if (old === 0) {
        if (gradient > upperOld) {
          order[k--] = order[--active]!;
          order[active] = i;
          continue;
        }
        if (gradient > 0) projected = 0;
      } else if (old === limit) {
        if (gradient < lowerOld) {
          order[k--] = order[--active]!;
          order[active] = i;
          continue;
        }
        if (gradient < 0) projected = 0;
      }
      if (projected > upper) upper = projected;
      if (projected < lower) lower = projected;
      if (projected <= STILL && projected >= -STILL) continue;
      const moved = old - gradient / (squaredNorms[i]! + s * s + diagonal);
      const inside = moved < 0 ? 0 : moved > limit ? limit : moved;
      alpha[i] = inside;
      const step = (inside - old) * sign;
      if (step === 0) continue;
      for (let j = start; j < end; j++) w[indices[j]!]! += step * values[j]!;
      b += step * s;
    }
    const isWithin = active === 0 || (upper - lower <= tol && upper <= tol && lower >= -tol);
    if (isWithin && active === n) {
      converged = true;
      break;
    }
    // What was shrunk may have changed sides: where the rest is done, look at every row again.
    if (isWithin) active = n;
    upperOld = isWithin || upper <= 0 ? Infinity : upper;
    lowerOld = isWithin || lower >= 0 ? -Infinity : lower;
  }
  return { intercept: s * b, iterations, converged };
}
