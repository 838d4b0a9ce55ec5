/**
 * The choice of a decision.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { countByLabel, f1Score, sumCounts } from '../metrics/index.ts';
import { allLabels, rowRanker } from '../ranking/index.ts';
import { checkScores, decide } from './decide.ts';
import { areRanked, type Decision, type DecisionSettings, decisionBySettings } from './decision.ts';
import { bestThresholds, type EachCell } from './thresholds.ts';

/**
 * The decision with the highest micro F1 of those that the settings allow.
 *
 * Each threshold is chosen with the limits in force, all of them together, exactly; `thresholds.ts` has the method and
 * says which of equal ones is taken. Kind `per_tag`: tags of fewer than `min_support` questions share one threshold, since
 * a few scores say little about where a tag's own should be. Nothing is chosen for `fixed` and `top_k`.
 *
 * @param scores Shape (questions, labels), finite: of questions that the classifier behind them has not seen, or the
 *   thresholds are too high.
 * @param Y Shape (questions, labels).
 * @throws {RangeError} If the shapes differ or a score is no number.
 *
 * O(questions labels log positives) time; beside the scores memory only for the true cells.
 */
export function chooseDecision(settings: DecisionSettings, scores: Float64Array, Y: LabelMatrix): Decision {
  checkScores(scores, Y.rows, Y.labels);
  const { kind, at_least_one, max_tags } = settings;
  const limits = { at_least_one, max_tags };
  const fit = (groups: number, groupOf: GroupOf): readonly number[] =>
    fitThresholds(settings, scores, Y, groups, groupOf);
  switch (kind) {
    case 'fixed':
    case 'top_k':
      return decisionBySettings(settings)!;
    case 'global':
      return { kind, threshold: fit(1, () => 0)[0]!, ...limits };
    case 'per_rank': {
      const ranks = Math.min(Y.labels, max_tags ?? Y.labels);
      return { kind, thresholds: fit(ranks, (_label, rank) => rank), ...limits };
    }
    case 'per_tag': {
      const groupOf = groupBySupport(Y, settings.min_support);
      const thresholds = fit(Y.labels + 1, (label) => groupOf[label]!);
      return { kind, thresholds: Array.from(groupOf, (group) => thresholds[group]!), ...limits };
    }
  }
}

/** Micro F1 of a decision on these scores; 0 where no tag is true or given. */
export function microF1(decision: Decision, scores: Float64Array, Y: LabelMatrix): number {
  const given = decide(decision, scores, Y.rows, Y.labels);
  return f1Score(sumCounts(countByLabel(Y, given)), 0)!;
}

type GroupOf = (label: number, rank: number) => number;

/** Each label its own group, those with less support the group behind the last. */
function groupBySupport(Y: LabelMatrix, minSupport: number): Uint32Array {
  const support = new Uint32Array(Y.labels);
  for (const label of Y.indices) support[label]!++;
  return support.map((count, label) => (count < minSupport ? Y.labels : label));
}

function fitThresholds(
  settings: DecisionSettings,
  scores: Float64Array,
  Y: LabelMatrix,
  groups: number,
  groupOf: GroupOf,
): readonly number[] {
  const { at_least_one, max_tags } = settings;
  const most = Math.min(Y.labels, max_tags ?? Y.labels);
  const rank = areRanked(settings, most, Y.labels) ? rowRanker(Y.labels, most) : allLabels(Y.labels);
  const isTrue = new Uint8Array(Y.labels);
  const eachCell: EachCell = (visit) => {
    let truePositives = 0;
    let given = 0;
    for (let i = 0; i < Y.rows; i++) {
      const trueLabels = Y.indices.subarray(Y.indptr[i], Y.indptr[i + 1]);
      for (const label of trueLabels) isTrue[label] = 1;
      rank(scores, i).forEach((label, at) => {
        if (at_least_one && at === 0) {
          given++;
          truePositives += isTrue[label]!;
        } else visit(groupOf(label, at), scores[i * Y.labels + label]!, isTrue[label] === 1);
      });
      for (const label of trueLabels) isTrue[label] = 0;
    }
    return { truePositives, given };
  };
  return bestThresholds(groups, eachCell, Y.indices.length);
}
