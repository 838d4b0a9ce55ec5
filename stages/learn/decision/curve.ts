/**
 * Precision and recall by threshold.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { f1Score, precisionScore, recallScore } from '../metrics/index.ts';
import { checkScores } from './decide.ts';

/** Of all questions and labels together, each tag given whose score is above the threshold. */
export interface CurvePoint {
  readonly threshold: number;
  /** Undefined where no tag is given. */
  readonly precision: number | undefined;
  /** Undefined where no tag is true. */
  readonly recall: number | undefined;
  /** Undefined where no tag is given or true. */
  readonly f1: number | undefined;
}

/**
 * The thresholds are the multiples of a round number (1, 2 or 5 times a power of ten), from the first below all scores to
 * the first at or above all of them: at the one everything is given, at the other nothing. Of 0 there is a point wherever
 * scores are on both sides of it.
 *
 * @param scores Shape (questions, labels), finite.
 * @param Y Shape (questions, labels).
 * @param most At least 4: the points are no more.
 * @returns By rising threshold; empty without scores.
 *
 * O(questions labels log most) time.
 */
export function thresholdCurve(scores: Float64Array, Y: LabelMatrix, most: number): readonly CurvePoint[] {
  checkScores(scores, Y.rows, Y.labels);
  if (scores.length === 0) return [];
  const thresholds = roundThresholds(scores, most);
  // At `at`: what is given at the first `at` thresholds and not at the next.
  const given = new Float64Array(thresholds.length + 1);
  const truePositives = new Float64Array(thresholds.length + 1);
  for (const score of scores) given[countBelow(thresholds, score)]!++;
  for (let i = 0; i < Y.rows; i++) {
    for (let k = Y.indptr[i]!; k < Y.indptr[i + 1]!; k++) {
      truePositives[countBelow(thresholds, scores[i * Y.labels + Y.indices[k]!]!)]!++;
    }
  }
  const points: CurvePoint[] = [];
  let [givenAbove, trueAbove] = [0, 0];
  for (let at = thresholds.length; at > 0; at--) {
    givenAbove += given[at]!;
    trueAbove += truePositives[at]!;
    const counts = {
      truePositives: trueAbove,
      falsePositives: givenAbove - trueAbove,
      falseNegatives: Y.indices.length - trueAbove,
    };
    points.push({
      threshold: thresholds[at - 1]!,
      precision: precisionScore(counts, undefined),
      recall: recallScore(counts, undefined),
      f1: f1Score(counts, undefined),
    });
  }
  return points.reverse();
}

function roundThresholds(scores: Float64Array, most: number): readonly number[] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const score of scores) {
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  // Two more than the steps between, and where all scores are equal some step all the same.
  const finest = Math.max((highest - lowest) / (most - 3), Math.abs(highest) * 1e-9, 1e-9);
  const power = Math.floor(Math.log10(finest));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * 10 ** power >= finest)!;
  const multiple = (count: number): number =>
    power < 0 ? (count * factor) / 10 ** -power : count * factor * 10 ** power;
  let first = Math.floor(lowest / multiple(1));
  while (!(multiple(first) < lowest)) first--;
  const thresholds: number[] = [];
  for (let count = first; ; count++) {
    thresholds.push(multiple(count));
    if (multiple(count) >= highest) return thresholds;
  }
}

/** How many of the thresholds, which rise, are below the score. */
function countBelow(thresholds: readonly number[], score: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return low;
}
