/**
 * Platt scaling: the probability of a label is a sigmoid of its score.
 *
 * @see J. Platt, "Probabilistic outputs for support vector machines" (1999); H.-T. Lin, C.-J. Lin, R. Weng, "A note on
 *   Platt's probabilistic outputs for support vector machines", Machine Learning 68 (2007), algorithm 1; scikit-learn
 *   1.9.1, calibration.py, `_sigmoid_calibration`, whose optimum is checked by test/learn/calibration.
 * @module
 */

/** `P(true | score) = 1 / (1 + exp(slope score + intercept))`: the slope is negative where a high score speaks for it. */
export interface PlattModel {
  readonly slope: number;
  readonly intercept: number;
}

const MAX_ITERATIONS = 100;
const LARGEST_GRADIENT = 1e-10;
const SMALLEST_STEP = 1e-10;
/** Keeps the Hessian definite where all scores are equal. */
const RIDGE = 1e-12;

/**
 * The maximum of the likelihood, with Platt's targets `(n+ + 1) / (n+ + 2)` and `1 / (n- + 2)` in place of 1 and 0, by
 * Newton's method with backtracking.
 *
 * @param scores Finite, in any order; of a classifier that has not seen their rows.
 * @param labels Of the same length: 0 is false.
 * @throws {RangeError} If the lengths differ, there is no score, or one is not finite.
 *
 * O(scores iterations) time, some ten iterations.
 */
export function fitPlatt(scores: ArrayLike<number>, labels: ArrayLike<number>): PlattModel {
  checkPairs(scores, labels);
  let positives = 0;
  let largest = 0;
  for (let i = 0; i < scores.length; i++) {
    if (labels[i]! > 0) positives++;
    largest = Math.max(largest, Math.abs(scores[i]!));
  }
  const negatives = scores.length - positives;
  const scale = largest === 0 ? 1 : largest;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const targets = Float64Array.from(labels, (label) => (label > 0 ? high : low));
  const scaled = Float64Array.from(scores, (score) => score / scale);

  let slope = 0;
  let intercept = Math.log((negatives + 1) / (positives + 1));
  let loss = lossAt(scaled, targets, slope, intercept);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const { g1, g2, h11, h21, h22 } = derivativesAt(scaled, targets, slope, intercept);
    if (Math.max(Math.abs(g1), Math.abs(g2)) < LARGEST_GRADIENT * scores.length) break;
    const determinant = h11 * h22 - h21 * h21;
    const d1 = -(h22 * g1 - h21 * g2) / determinant;
    const d2 = -(-h21 * g1 + h11 * g2) / determinant;
    const descent = g1 * d1 + g2 * d2;
    let step = 1;
    while (step >= SMALLEST_STEP) {
      const next = lossAt(scaled, targets, slope + step * d1, intercept + step * d2);
      if (next < loss + 1e-4 * step * descent) {
        slope += step * d1;
        intercept += step * d2;
        loss = next;
        break;
      }
      step /= 2;
    }
    if (step < SMALLEST_STEP) break;
  }
  return { slope: slope / scale, intercept };
}

/** In (0, 1), or at its ends where the score is far out. */
export const applyPlatt = ({ slope, intercept }: PlattModel, score: number): number => {
  const at = slope * score + intercept;
  if (at < 0) return 1 / (1 + Math.exp(at));
  const tail = Math.exp(-at);
  return tail / (1 + tail);
};

/** Cross entropy; both branches avoid the exponential of a large number. */
function lossAt(scores: Float64Array, targets: Float64Array, slope: number, intercept: number): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const at = slope * scores[i]! + intercept;
    loss +=
      at >= 0
        ? targets[i]! * at + Math.log1p(Math.exp(-at))
        : (targets[i]! - 1) * at + Math.log1p(Math.exp(at));
  }
  return loss;
}

function derivativesAt(scores: Float64Array, targets: Float64Array, slope: number, intercept: number) {
  let [g1, g2, h11, h21, h22] = [0, 0, RIDGE, 0, RIDGE];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const p = applyPlatt({ slope, intercept }, score);
    const d1 = targets[i]! - p;
    const d2 = p * (1 - p);
    g1 += score * d1;
    g2 += d1;
    h11 += score * score * d2;
    h21 += score * d2;
    h22 += d2;
  }
  return { g1, g2, h11, h21, h22 };
}

/** @throws {RangeError} If the lengths differ, there is nothing, or a score is not finite. */
export function checkPairs(scores: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (scores.length !== labels.length) {
    throw new RangeError(`There are ${scores.length} scores and ${labels.length} labels`);
  }
  if (scores.length === 0) throw new RangeError('There is no score to calibrate by');
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw new RangeError(`Score ${scores[i]!} at ${i} is not finite`);
  }
}
