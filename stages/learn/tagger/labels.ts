/**
 * The tags that a tagger learns.
 *
 * @module
 */

import { countTags, fewestTagsCovering, type TagCount } from '../labels/index.ts';
import { compareCodePoints } from '../text/index.ts';
import type { LabelSettings } from './settings.ts';

export interface ChosenLabels {
  /** By name. */
  readonly classes: readonly string[];
  /** Questions with each. */
  readonly support: readonly number[];
  /** The tags that are no labels, the most frequent first. */
  readonly unknown: readonly TagCount[];
  /** The labels' share of all tag occurrences. */
  readonly coverage: number;
}

/** None where no tag has the support that is asked for. */
export function chooseLabels(
  settings: LabelSettings,
  tagLists: readonly (readonly string[])[],
): ChosenLabels {
  const counts = countTags(tagLists);
  const chosen = fewestTagsCovering(counts, settings.coverage, settings.min_support);
  const labels = [...chosen].sort((a, b) => compareCodePoints(a.tag, b.tag));
  return {
    classes: labels.map(({ tag }) => tag),
    support: labels.map(({ support }) => support),
    unknown: counts.slice(chosen.length),
    coverage: sumSupport(chosen) / sumSupport(counts),
  };
}

const sumSupport = (counts: readonly TagCount[]): number =>
  counts.reduce((sum, { support }) => sum + support, 0);
