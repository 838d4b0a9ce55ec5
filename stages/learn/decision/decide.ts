/**
 * A decision applied.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import { allLabels, rowRanker } from '../ranking/index.ts';
import { areRanked, type Decision, mostTags } from './decision.ts';

/**
 * The tags that each question is given.
 *
 * @param scores Shape (questions, labels), row by row, finite.
 * @returns Shape (questions, labels).
 * @throws {RangeError} If the shapes do not fit, or a score is no number.
 *
 * O(questions labels) time where few tags are given, with `max_tags` null a sort of each row.
 */
export function decide(
  decision: Decision,
  scores: Float64Array,
  questions: number,
  labels: number,
): LabelMatrix {
  checkScores(scores, questions, labels);
  if (decision.kind === 'per_tag' && decision.thresholds.length !== labels) {
    throw new RangeError(`${decision.thresholds.length} thresholds for ${labels} labels`);
  }
  const most = mostTags(decision, labels);
  const rank = areRanked(decision, most, labels) ? rowRanker(labels, most) : allLabels(labels);
  const indptr = new Uint32Array(questions + 1);
  const indices: number[] = [];
  for (let i = 0; i < questions; i++) {
    const given: number[] = [];
    const ranked = rank(scores, i);
    for (let at = 0; at < ranked.length; at++) {
      const label = ranked[at]!;
      const isForced = decision.at_least_one && at === 0;
      if (isForced || scores[i * labels + label]! > thresholdOf(decision, label, at)) given.push(label);
    }
    for (const label of given.sort((a, b) => a - b)) indices.push(label);
    indptr[i + 1] = indices.length;
  }
  return { rows: questions, labels, indptr, indices: Uint32Array.from(indices) };
}

/** @param rank 0 for the best tag of a question; below `mostTags`. */
function thresholdOf(decision: Decision, label: number, rank: number): number {
  switch (decision.kind) {
    case 'fixed':
    case 'global':
      return decision.threshold;
    case 'per_tag':
      return decision.thresholds[label]!;
    case 'per_rank':
      return decision.thresholds[rank] ?? Infinity;
    case 'top_k':
      return -Infinity;
  }
}

/** So far from the largest number that sums of two scores are finite. */
const LARGEST_SCORE = 1e300;

/** @throws {RangeError} If the shape is another, or a score is not finite. */
export function checkScores(scores: Float64Array, questions: number, labels: number): void {
  if (scores.length !== questions * labels) {
    throw new RangeError(`${scores.length} scores, not of shape (${questions}, ${labels})`);
  }
  for (let at = 0; at < scores.length; at++) {
    if (Math.abs(scores[at]!) <= LARGEST_SCORE) continue;
    throw new RangeError(
      `Score ${scores[at]!} of question ${Math.floor(at / labels)}, label ${at % labels} is not finite`,
    );
  }
}
