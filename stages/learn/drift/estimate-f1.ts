/**
 * F1 of predictions whose truth is not known, from calibrated probabilities. What it expects is right as long as the
 * probabilities are: it sees that questions became harder, not that tags came to mean something else.
 *
 * @see NannyML 0.13.1, confidence-based performance estimation (CBPE), over all tags together
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';

export interface ExpectedF1 {
  /** `2 TP / (2 TP + FP + FN)`; undefined where nothing is expected. */
  readonly f1: number | undefined;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/**
 * @param probabilities Shape (questions, labels), row by row, in [0, 1].
 * @param predicted Shape (questions, labels).
 */
export function expectedF1(probabilities: ArrayLike<number>, predicted: LabelMatrix): ExpectedF1 {
  let [truePositives, falsePositives, all] = [0, 0, 0];
  for (let cell = 0; cell < probabilities.length; cell++) all += probabilities[cell]!;
  for (let row = 0; row < predicted.rows; row++) {
    for (let k = predicted.indptr[row]!; k < predicted.indptr[row + 1]!; k++) {
      const p = probabilities[row * predicted.labels + predicted.indices[k]!]!;
      truePositives += p;
      falsePositives += 1 - p;
    }
  }
  const falseNegatives = Math.max(0, all - truePositives);
  const whole = 2 * truePositives + falsePositives + falseNegatives;
  return {
    f1: whole === 0 ? undefined : (2 * truePositives) / whole,
    truePositives,
    falsePositives,
    falseNegatives,
  };
}
