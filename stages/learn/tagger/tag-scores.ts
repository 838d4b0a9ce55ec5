/**
 * How well a tagger does on one tag.
 *
 * @module
 */

import { f1Estimate, precisionScore, recallScore } from '../metrics/index.ts';
import type { TagCounts } from './score.ts';

export interface TagScores extends TagCounts {
  /** Questions that have it. */
  readonly support: number;
  /** Null where there is nothing to divide by, and for a tag that the tagger does not know. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** The 95 % interval of F1. */
  readonly f1_low: number | null;
  readonly f1_high: number | null;
}

export function scoreTag(tag: TagCounts): TagScores {
  const counts = {
    truePositives: tag.true_positives,
    falsePositives: tag.false_positives,
    falseNegatives: tag.false_negatives,
  };
  const support = counts.truePositives + counts.falseNegatives;
  if (!tag.known)
    return { ...tag, support, precision: null, recall: null, f1: null, f1_low: null, f1_high: null };
  const f1 = f1Estimate(counts);
  return {
    ...tag,
    support,
    precision: precisionScore(counts, undefined) ?? null,
    recall: recallScore(counts, undefined) ?? null,
    f1: f1?.value ?? null,
    f1_low: f1?.low ?? null,
    f1_high: f1?.high ?? null,
  };
}
