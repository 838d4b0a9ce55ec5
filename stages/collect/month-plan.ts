/**
 * The synthetic world as it is in one month: after the drift up to it.
 *
 * @module
 */

import type { World, WorldTag } from '../io/index.ts';

export interface MonthPlan {
  readonly world: World;
  /** The planted tags with their counts in this month. */
  readonly planted: readonly { readonly tag: WorldTag; readonly count: number }[];
  readonly platforms: readonly WorldTag[];
  readonly subjects: readonly WorldTag[];
  readonly detailsOf: ReadonlyMap<string, readonly WorldTag[]>;
  /** Tags that are no longer called by their name. */
  readonly unnamed: ReadonlySet<string>;
}

/** @param number The month's number in the world, from 1 on. */
export function planMonth(world: World, number: number): MonthPlan {
  const counts = new Map(
    world.tags.filter((tag) => tag.kind === 'planted').map((tag) => [tag.name, tag.perMonth]),
  );
  const words = new Map<string, readonly string[]>();
  for (const drift of world.drift) {
    if (number < drift.number) continue;
    if (drift.kind === 'tag-appears') counts.set(drift.tag, drift.perMonth);
    if (drift.kind === 'vocabulary-changes') words.set(drift.tag, drift.words);
    if (drift.kind === 'frequencies-shift') {
      for (const [tag, perMonth] of Object.entries(drift.perMonth)) counts.set(tag, perMonth);
    }
  }
  const tags = world.tags.map((tag) => ({ ...tag, words: words.get(tag.name) ?? tag.words }));
  const ofKind = (kind: WorldTag['kind']): readonly WorldTag[] => tags.filter((tag) => tag.kind === kind);
  const detailsOf = new Map<string, WorldTag[]>();
  for (const detail of ofKind('detail')) {
    const platform = detail.of ?? '';
    detailsOf.set(platform, [...(detailsOf.get(platform) ?? []), detail]);
  }
  return {
    world,
    planted: ofKind('planted').map((tag) => ({ tag, count: counts.get(tag.name) ?? 0 })),
    platforms: ofKind('platform'),
    subjects: ofKind('subject'),
    detailsOf,
    unnamed: new Set(words.keys()),
  };
}
