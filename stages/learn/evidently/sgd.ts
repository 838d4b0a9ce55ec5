/**
 * A linear classifier of two classes by stochastic gradient descent: modified Huber loss, L1 penalty, the "optimal"
 * learning rate. Weights, order and stop are those of scikit-learn's `SGDClassifier(loss="modified_huber",
 * penalty="l1", alpha=1e-4, max_iter=50, random_state=42)`, to rounding.
 *
 * @see scikit-learn 1.9.1, linear_model/_sgd_fast.pyx; Tsuruoka et al., Stochastic gradient descent training for
 *   L1-regularized log-linear models with cumulative penalty (2009)
 * @module
 */

import { createRandomState } from '../random/index.ts';
import { type Csr, dotRow } from '../sparse/index.ts';

const ALPHA = 1e-4;
const MAX_EPOCHS = 50;
const TOLERANCE = 1e-3;
const PATIENCE = 5;
const SEED = 42;
/** Sparse rows: the intercept moves that much slower. */
const INTERCEPT_DECAY = 0.01;
/** `1 / (eta0 alpha)` with the first step `eta0` of a typical weight, `1 / α^(1/4)`. */
const FIRST_STEP = 1 / (10 * ALPHA);

export interface LinearSeparator {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/** @param isPositive Length rows. */
export function fitSeparator(X: Csr, isPositive: Uint8Array): LinearSeparator {
  const weights = new Float64Array(X.columns);
  const penalties = new Float64Array(X.columns);
  const order = Uint32Array.from({ length: X.rows }, (_, i) => i);
  const seed = drawSeed();
  let [intercept, norm, penalty, step] = [0, 0, 0, 0];
  let [best, waited] = [Infinity, 0];
  for (let epoch = 0; epoch < MAX_EPOCHS && waited < PATIENCE; epoch++) {
    shuffle(order, seed);
    let objective = 0;
    for (const row of order) {
      const y = isPositive[row] === 1 ? 1 : -1;
      const margin = y * (dotRow(X, row, weights) + intercept);
      const rate = 1 / (ALPHA * (FIRST_STEP + step));
      objective += lossOf(margin) + ALPHA * norm;
      const update = -rate * y * slopeOf(margin);
      intercept += update * INTERCEPT_DECAY;
      penalty += rate * ALPHA;
      if (update !== 0) norm = 0;
      for (let k = X.indptr[row]!; k < X.indptr[row + 1]!; k++) {
        const column = X.indices[k]!;
        const moved = weights[column]! + update * X.values[k]!;
        const is = clip(moved, penalty, penalties[column]!);
        weights[column] = is;
        penalties[column]! += is - moved;
        // Not of all weights, and before the penalty: so scikit-learn has it, and so it stops.
        if (update !== 0) norm += Math.abs(moved);
      }
      step++;
    }
    objective /= X.rows;
    waited = objective > best - TOLERANCE ? waited + 1 : 0;
    best = Math.min(best, objective);
  }
  return { weights, intercept };
}

/** How sure each row is to be positive, in [0, 1]. Length rows. */
export const separate = ({ weights, intercept }: LinearSeparator, X: Csr): Float64Array =>
  Float64Array.from({ length: X.rows }, (_, row) => {
    const score = dotRow(X, row, weights) + intercept;
    return (Math.min(1, Math.max(-1, score)) + 1) / 2;
  });

const lossOf = (margin: number): number => (margin >= 1 ? 0 : margin >= -1 ? (1 - margin) ** 2 : -4 * margin);

const slopeOf = (margin: number): number => (margin >= 1 ? 0 : margin >= -1 ? -2 * (1 - margin) : -4);

/** Towards 0 by what of the penalty the weight has not had yet, not past it. */
function clip(weight: number, penalty: number, had: number): number {
  if (weight > 0) return Math.max(0, weight - (penalty + had));
  return weight < 0 ? Math.min(0, weight + (penalty - had)) : weight;
}

/** The second number that scikit-learn draws; the first one is for an order that is not used. */
function drawSeed(): number {
  const random = createRandomState(SEED);
  random.integer(2 ** 31 - 2);
  return random.integer(2 ** 31 - 1);
}

/** Fisher and Yates's shuffle by a xorshift of 32 bits, which starts anew at each call. */
function shuffle(order: Uint32Array, seed: number): void {
  let state = seed === 0 ? 1 : seed;
  const draw = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % 2 ** 31;
  };
  for (let i = 0; i + 1 < order.length; i++) {
    const j = i + (draw() % (order.length - i));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
