/**
 * Metrics. A name says its direction: `…Score` is better high, `…Loss` low.
 *
 * @module
 */

export { type Average, averageScore, type CountScore } from './averages.ts';
export { bootstrapMicroF1 } from './bootstrap.ts';
export {
  differenceOf,
  type Estimate,
  f1Estimate,
  microF1Estimate,
  normalEstimate,
  sameF1PValue,
  wilsonInterval,
} from './estimate.ts';
export { adjustForMany } from './false-discovery.ts';
export {
  type Counts,
  countByLabel,
  countByRow,
  f1Score,
  fBetaScore,
  hammingLoss,
  jaccardScore,
  macroAverage,
  precisionScore,
  recallScore,
  subsetAccuracyScore,
  sumCounts,
  type ZeroDivision,
} from './multilabel.ts';
export { normalTails } from './normal.ts';
export { type PairedDifference, pairedMicroF1Difference } from './paired.ts';
export {
  coverageErrorLoss,
  labelRankingAveragePrecisionScore,
  precisionAtScore,
  recallAtScore,
} from './ranked.ts';
