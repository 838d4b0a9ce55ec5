/**
 * One score of many labels or questions, averaged as scikit-learn averages.
 *
 * @see scikit-learn 1.9.1, metrics/_classification.py, `precision_recall_fscore_support`, `jaccard_score`, `_nanaverage`.
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import {
  type Counts,
  countByLabel,
  countByRow,
  macroAverage,
  sumCounts,
  type ZeroDivision,
} from './multilabel.ts';

/**
 * `micro`: of all cells together. `macro`: the mean over labels. `weighted`: the same, each label weighing as many as
 * the rows that have it. `samples`: the mean over rows.
 */
export type Average = 'micro' | 'macro' | 'weighted' | 'samples';

/** Such as `f1Score`. */
export type CountScore = (counts: Counts, zeroDivision: ZeroDivision) => number | undefined;

/**
 * @param zeroDivision What a label or row scores where there is nothing to divide by; `undefined` leaves it out.
 * @returns Undefined where nothing is left to average.
 * @throws {RangeError} If the shapes differ.
 *
 * O(nnz + rows + labels).
 */
export function averageScore(
  average: Average,
  score: CountScore,
  Y: LabelMatrix,
  predicted: LabelMatrix,
  zeroDivision: ZeroDivision,
): number | undefined {
  const scoreOf = (counts: Counts): number | undefined => score(counts, zeroDivision);
  switch (average) {
    case 'micro':
      return scoreOf(sumCounts(countByLabel(Y, predicted)));
    case 'macro':
      return macroAverage(countByLabel(Y, predicted).map(scoreOf));
    case 'samples':
      return macroAverage(countByRow(Y, predicted).map(scoreOf));
    case 'weighted':
      return weightedAverage(countByLabel(Y, predicted), scoreOf);
  }
}

/** Where all weights are 0 they count alike. */
function weightedAverage(
  counts: readonly Counts[],
  scoreOf: (counts: Counts) => number | undefined,
): number | undefined {
  let [sum, whole] = [0, 0];
  for (const count of counts) {
    const weight = count.truePositives + count.falseNegatives;
    const score = scoreOf(count);
    if (score === undefined) continue;
    sum += weight * score;
    whole += weight;
  }
  return whole === 0 ? macroAverage(counts.map(scoreOf)) : sum / whole;
}
