/**
 * The scores of a candidate by what its classifiers, one for each fold, made of the questions of that fold.
 *
 * @module
 */

import { chooseDecision, type Decision, decide } from '../decision/index.ts';
import { type LabelMatrix, selectLabelRows } from '../labels/index.ts';
import { countByLabel, f1Score, hammingLoss, subsetAccuracyScore, sumCounts } from '../metrics/index.ts';
import { METRICS, type Metric, type MetricScores, type TrialScores } from './trial.ts';

/**
 * How a candidate's threshold is found. `fixed`: it is 0, as scikit-learn's classifiers have it. `best`: the one that
 * maximises micro F1 over the questions of all folds together, so that a candidate is not judged by where its scores happen
 * to lie.
 */
export type ThresholdRule = 'fixed' | 'best';

const NO_LIMITS = { at_least_one: false, max_tags: null } as const;

/** What the scores of questions say of a candidate. */
export type FoldScores = Pick<TrialScores, 'threshold' | 'metrics'>;

/**
 * @param scores Shape (questions, labels), each fold's by a classifier that has not seen it.
 * @param foldOf Length questions: each one's fold, from 0 on, none empty.
 * @param folds The first so many folds count, with their questions alone.
 */
export function scoreTrial(
  scores: Float64Array,
  Y: LabelMatrix,
  foldOf: Uint32Array,
  folds: number,
  rule: ThresholdRule,
): FoldScores {
  if (foldOf.some((fold) => fold >= folds)) {
    const rows = Uint32Array.from(foldOf.keys()).filter((row) => foldOf[row]! < folds);
    const some = new Float64Array(rows.length * Y.labels);
    rows.forEach((row, i) => {
      some.set(scores.subarray(row * Y.labels, (row + 1) * Y.labels), i * Y.labels);
    });
    const folded = Uint32Array.from(rows, (row) => foldOf[row]!);
    return scoreTrial(some, selectLabelRows(Y, rows), folded, folds, rule);
  }
  const threshold = rule === 'fixed' ? 0 : bestThreshold(scores, Y);
  const decision: Decision = { kind: 'fixed', threshold, ...NO_LIMITS };
  const given = decide(decision, scores, Y.rows, Y.labels);
  const parts = Array.from({ length: folds }, (_, fold) => {
    const rows = Uint32Array.from(foldOf.keys()).filter((row) => foldOf[row] === fold);
    return [selectLabelRows(Y, rows), selectLabelRows(given, rows)] as const;
  });
  const scoresBy = (metric: Metric): MetricScores =>
    summarize(parts.map(([truth, predicted]) => SCORERS[metric](truth, predicted)));
  const metrics = Object.fromEntries(METRICS.map((metric) => [metric, scoresBy(metric)])) as Record<
    Metric,
    MetricScores
  >;
  return { threshold, metrics };
}

/** 0 where there is nothing to divide by. */
const SCORERS: Readonly<Record<Metric, (Y: LabelMatrix, given: LabelMatrix) => number>> = {
  f1_micro: (Y, given) => f1Score(sumCounts(countByLabel(Y, given)), 0)!,
  hamming_loss: (Y, given) => hammingLoss(Y, given) ?? 0,
  subset_accuracy: (Y, given) => subsetAccuracyScore(Y, given) ?? 0,
};

function bestThreshold(scores: Float64Array, Y: LabelMatrix): number {
  const decision = chooseDecision(
    { kind: 'global', folds: 2, threshold: 0, top_k: 1, min_support: 1, ...NO_LIMITS },
    scores,
    Y,
  );
  if (decision.kind !== 'global') throw new Error(`Bug: asked for one threshold, got ${decision.kind}`);
  return decision.threshold;
}

function summarize(folds: readonly number[]): MetricScores {
  const meanOf = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const mean = meanOf(folds);
  return { folds, mean, std: Math.sqrt(meanOf(folds.map((score) => (score - mean) ** 2))) };
}
