/**
 * Which tags are worth learning.
 *
 * @module
 */

import { compareCodePoints } from '../text/index.ts';

export interface TagCount {
  readonly tag: string;
  /** Questions that have it. */
  readonly support: number;
}

/** Most frequent first, ties by name (Python's order of strings). */
export function countTags(rows: Iterable<Iterable<string>>): readonly TagCount[] {
  const counts = new Map<string, number>();
  for (const tags of rows) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, support]) => ({ tag, support }))
    .sort((a, b) => b.support - a.support || compareCodePoints(a.tag, b.tag));
}

/**
 * The fewest tags that make up a share of all occurrences: the most frequent ones, until they do.
 *
 * @param counts Most frequent first.
 * @param share In (0, 1].
 * @param minSupport Tags with less are left out even if the share is not reached then.
 */
export function fewestTagsCovering(
  counts: readonly TagCount[],
  share: number,
  minSupport: number,
): readonly TagCount[] {
  if (!(share > 0 && share <= 1)) throw new RangeError(`Share ${share} is not in (0, 1]`);
  const total = counts.reduce((sum, { support }) => sum + support, 0);
  const chosen: TagCount[] = [];
  let covered = 0;
  for (const count of counts) {
    if (covered >= share * total || count.support < minSupport) break;
    chosen.push(count);
    covered += count.support;
  }
  return chosen;
}
