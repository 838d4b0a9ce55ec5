/**
 * Members of a group about which the same is to be said, as one: `monthly@… (12)`.
 *
 * @module
 */

import type { ResolvedStage } from '../template/index.ts';

export interface Fold {
  /** In plan order. */
  readonly members: readonly ResolvedStage[];
  /** The name of the one, or of the group with how many they are. */
  readonly label: string;
}

/**
 * @param sayingOf What is said of a stage; members of a group with equal texts fold.
 * @returns In the order of each fold's first member.
 */
export function foldStages(
  stages: readonly ResolvedStage[],
  sayingOf: (stage: ResolvedStage) => string,
): readonly Fold[] {
  const folds = new Map<string, ResolvedStage[]>();
  for (const stage of stages) {
    const key = stage.group === undefined ? stage.name : `${stage.group}@\0${sayingOf(stage)}`;
    const known = folds.get(key);
    if (known === undefined) folds.set(key, [stage]);
    else known.push(stage);
  }
  return [...folds.values()].map((members) => ({ members, label: labelOf(members) }));
}

function labelOf(members: readonly ResolvedStage[]): string {
  const [first] = members;
  return members.length === 1 ? first!.name : `${first!.group!}@… (${members.length})`;
}

/** Names of stages, groups folded: `train, monthly@… (12)`. */
export function foldNames(names: readonly string[], stages: ReadonlyMap<string, ResolvedStage>): string {
  const resolved = names.map((name) => stages.get(name)!);
  return foldStages(resolved, () => '')
    .map(({ label }) => label)
    .join(', ');
}
