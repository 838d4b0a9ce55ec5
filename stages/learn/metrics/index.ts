/**
 * Metrics. A name says its direction: `…Score` is better high, `…Loss` low.
 *
 * @module
 */

export {
  type Counts,
  countByLabel,
  f1Score,
  hammingLoss,
  macroAverage,
  precisionScore,
  recallScore,
  subsetAccuracyScore,
  sumCounts,
  type ZeroDivision,
} from './multilabel.ts';
