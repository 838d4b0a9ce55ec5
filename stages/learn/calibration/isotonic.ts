/**
 * Isotonic regression: the probability of a label is a rising function of its score, whatever its form.
 *
 * @see M. Best, N. Chakravarti, "Active set algorithms for isotonic regression" (1990); scikit-learn 1.9.1, isotonic.py,
 *   `IsotonicRegression(out_of_bounds="clip")`, whose values are checked by test/learn/calibration.
 * @module
 */

import { checkPairs } from './platt.ts';

/** A function by its corners: straight between them, level outside. */
export interface IsotonicModel {
  /** Ascending, at least one. */
  readonly scores: Float64Array;
  /** Of the same length, never falling. */
  readonly probabilities: Float64Array;
}

/** Scores that are nearer than this are one score. */
const RESOLUTION = 1e-15;

/**
 * The rising function with the least squared error, by pooling adjacent violators.
 *
 * @param scores Finite, in any order.
 * @param labels Of the same length: 0 is false.
 * @throws {RangeError} If the lengths differ, there is no score, or one is not finite.
 *
 * O(n log n) time for n scores.
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): IsotonicModel {
  checkPairs(scores, labels);
  return corners(pool(meansByScore(scores, labels)));
}

/** In [0, 1]. O(log corners). */
export function applyIsotonic({ scores, probabilities }: IsotonicModel, score: number): number {
  const last = scores.length - 1;
  if (score <= scores[0]!) return probabilities[0]!;
  if (score >= scores[last]!) return probabilities[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const [x0, x1, y0, y1] = [scores[low]!, scores[high]!, probabilities[low]!, probabilities[high]!];
  return y0 + ((y1 - y0) / (x1 - x0)) * (score - x0);
}

interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** One point for each score, ascending; its height the share of true labels. */
function meansByScore(scores: ArrayLike<number>, labels: ArrayLike<number>): Points {
  const order = new Uint32Array(scores.length).map((_, i) => i);
  order.sort((a, b) => scores[a]! - scores[b]! || a - b);
  const x: number[] = [];
  const trues: number[] = [];
  const weight: number[] = [];
  for (const i of order) {
    if (x.length === 0 || scores[i]! - x.at(-1)! >= RESOLUTION) {
      x.push(scores[i]!);
      trues.push(0);
      weight.push(0);
    }
    if (labels[i]! > 0) trues[trues.length - 1]!++;
    weight[weight.length - 1]!++;
  }
  const y = Float64Array.from(trues, (count, i) => count / weight[i]!);
  return { x: Float64Array.from(x), y, weight: Float64Array.from(weight) };
}

/** The same points at the heights of the function. */
function pool({ x, y, weight }: Points): Points {
  const heights = new Float64Array(x.length);
  const weights = new Float64Array(x.length);
  const starts = new Uint32Array(x.length + 1);
  let blocks = 0;
  for (let i = 0; i < x.length; i++) {
    let sum = y[i]! * weight[i]!;
    let total = weight[i]!;
    let start = i;
    while (blocks > 0 && heights[blocks - 1]! >= sum / total) {
      blocks--;
      sum += heights[blocks]! * weights[blocks]!;
      total += weights[blocks]!;
      start = starts[blocks]!;
    }
    heights[blocks] = sum / total;
    weights[blocks] = total;
    starts[blocks++] = start;
  }
  starts[blocks] = x.length;
  const pooled = new Float64Array(x.length);
  for (let block = 0; block < blocks; block++) {
    pooled.fill(heights[block]!, starts[block], starts[block + 1]);
  }
  return { x, y: pooled, weight };
}

/** Without the points that lie between two of their own height. */
function corners({ x, y }: Points): IsotonicModel {
  const kept = new Uint32Array(x.length)
    .map((_, i) => i)
    .filter((i) => i === 0 || i === x.length - 1 || y[i] !== y[i - 1] || y[i] !== y[i + 1]);
  return {
    scores: Float64Array.from(kept, (i) => x[i]!),
    probabilities: Float64Array.from(kept, (i) => y[i]!),
  };
}
