/**
 * Dual coordinate descent with shrinking, of some labels side by side: when rows are shrunk, looked at again, and a label
 * is done. The kernel makes the passes, whose steps it takes a little too far (successive over-relaxation).
 *
 * Minimises `1/2 |w|^2 + 1/2 b^2 + sum_i C_i max(0, 1 - y_i (w.x_i + s b))^p` for each label, p = 2 (squared hinge) or 1
 * (hinge), where s is the intercept scaling: the intercept is penalised, as in liblinear. In the dual, one `alpha_i` a row
 * is moved to its optimum at a time; `w = sum_i alpha_i y_i x_i` is kept up to date.
 *
 * @see Hsieh, Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM (ICML
 *   2008), algorithm 3; the stopping rule is liblinear 2.47's.
 * @see Mangasarian, Musicant: Successive overrelaxation for support vector machines (IEEE Transactions on Neural Networks
 *   10, 1999).
 * @module
 */

/** What holds for each lane, and what a pass says of it, in vectors one after the other. */
export const VECTORS = 9;
const UPPER_BEFORE = 4;
const LOWER_BEFORE = 5;
const INTERCEPT = 6;
const UPPER = 7;
const LOWER = 8;

export type Floats = Float32Array | Float64Array;

/** Of a class of a label: what errors cost, in the dual. */
export interface ErrorCost {
  /** Added to the diagonal. */
  readonly diagonal: number;
  /** The most that a dual variable can be. */
  readonly limit: number;
}

/** Sets a lane up for a label, nothing known of it yet. */
export function openLane(lanes: Floats, lane: number, positive: ErrorCost, negative: ErrorCost): void {
  const width = lanes.length / VECTORS;
  const column = [
    positive.diagonal,
    negative.diagonal,
    positive.limit,
    negative.limit,
    Infinity,
    -Infinity,
    0,
    0,
    0,
  ];
  column.forEach((value, vector) => {
    lanes[vector * width + lane] = value;
  });
}

export const interceptOf = (lanes: Floats, lane: number): number =>
  lanes[(INTERCEPT * lanes.length) / VECTORS + lane]!;

export interface Descent {
  readonly lanes: Floats;
  /** Length rows, a bit for each lane in which the row is visited. */
  readonly active: Uint8Array;
  /** @returns A bit for each lane in which it has shrunk a row. */
  readonly pass: (number: number) => number;
  /** A bit for each lane that goes on. */
  readonly running: number;
  /** Of each lane: passes before, and afterwards in all. */
  readonly iterations: Uint32Array;
  readonly tol: number;
  readonly maxIter: number;
}

/**
 * A row is shrunk whose gradient is above this share of the largest violation of the pass before. liblinear waits for the
 * whole of it; violations halve with about each pass, and what is shrunk too early is found when all is looked at again.
 */
const SHRINKING = 0.5;

/**
 * Passes until each lane is within `tol` or has had `maxIter` passes.
 *
 * What was shrunk may have changed sides: when the rest is within, every row is looked at again. Lanes wait with that for
 * each other, and begin the next phase together: a row that is read for one of them is read for all. A lane's passes
 * depend on that lane alone.
 *
 * @returns A bit for each lane that is within: the projected gradients of all its rows were.
 */
export function descend({ lanes, active, pass, running, iterations, tol, maxIter }: Descent): number {
  const width = lanes.length / VECTORS;
  let converged = 0;
  let going = running;
  for (let phase = 0; going !== 0; phase++) {
    let descending = going;
    let whole = going;
    active.fill(going);
    for (let number = phase; descending !== 0; number++) {
      const shrunk = pass(number);
      let ended = 0;
      for (let lane = 0; lane < width; lane++) {
        const bit = 1 << lane;
        if ((descending & bit) === 0) continue;
        iterations[lane]!++;
        const upper = lanes[UPPER * width + lane]!;
        const lower = lanes[LOWER * width + lane]!;
        const isWithin = upper - lower <= tol && upper <= tol && lower >= -tol;
        const isLast = iterations[lane]! >= maxIter;
        if (isWithin && (whole & bit) !== 0) converged |= bit;
        if ((converged & bit) !== 0 || isLast) going &= ~bit;
        if (isWithin || isLast) ended |= bit;
        lanes[UPPER_BEFORE * width + lane] = upper > 0 ? SHRINKING * upper : Infinity;
        lanes[LOWER_BEFORE * width + lane] = lower < 0 ? SHRINKING * lower : -Infinity;
      }
      whole &= ~shrunk;
      descending &= ~ended;
      if (ended !== 0) {
        for (let i = 0; i < active.length; i++) active[i] = active[i]! & descending;
      }
    }
  }
  return converged;
}
