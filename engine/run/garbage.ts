/**
 * Garbage collection: which objects of the cache nothing names any more, and what keeps the others.
 *
 * Locks keep objects: the workspace's, and on demand those of commits. The run cache keeps none, as in DVC: without its
 * objects an entry is of no use, and can be removed with them.
 *
 * @module
 */

import { type Digest, isTreeDigest, ok, type Result, type StoredObject } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { entryFromValue, type LockEntry } from '../lockfile/index.ts';
import { dropSnapshot, type RevisionScope } from '../project/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { recordedInCommits } from './recorded-outs.ts';

export interface GarbagePlan {
  /** Objects that a lock names, by the first that does: `the workspace`, or a commit. */
  readonly kept: ReadonlyMap<string, readonly StoredObject[]>;
  readonly removed: readonly StoredObject[];
  /** Their files. */
  readonly removedPaths: readonly string[];
  /** Run-cache entries (their files) with an out among the removed; empty unless asked for. */
  readonly removedRuns: readonly string[];
  /** What keeps each kept object. */
  readonly keeperOf: ReadonlyMap<Digest, string>;
}

export interface GarbageOptions {
  /** Beside the workspace. */
  readonly scopes: readonly RevisionScope[];
  readonly withRunCache: boolean;
}

export function planGarbage(
  workspace: Workspace,
  options: GarbageOptions,
): Result<GarbagePlan, readonly Diagnostic[]> {
  const keeperOf = new Map<Digest, string>();
  keepAll(workspace, keeperOf, recordedHere(workspace), 'the workspace');
  for (const scope of options.scopes) {
    const recorded = recordedInCommits(workspace, scope);
    if (!recorded.ok) return recorded;
    for (const { commit, entries } of recorded.value)
      keepAll(workspace, keeperOf, [...entries.values()], `commit ${commit.slice(0, 8)}`);
  }
  const { store, legacy } = workspace;
  const here = store.list();
  const objects = [...here, ...legacy.list()];
  const kept = new Map<string, StoredObject[]>();
  for (const object of objects) {
    const keeper = keeperOf.get(object.digest);
    if (keeper !== undefined) kept.set(keeper, [...(kept.get(keeper) ?? []), object]);
  }
  const isUnused = ({ digest }: StoredObject): boolean => !keeperOf.has(digest);
  const removed = objects.filter(isUnused);
  const removedPaths = [
    ...here.filter(isUnused).map(({ digest }) => store.pathOf(digest)),
    ...legacy
      .list()
      .filter(isUnused)
      .map(({ digest }) => legacy.pathOf(digest)),
  ];
  const gone = new Set(removed.map(({ digest }) => digest));
  const removedRuns = options.withRunCache ? runsWith(workspace, gone) : [];
  return ok({ kept, removed, removedPaths, removedRuns, keeperOf });
}

/** In a DVC repository what the manifests do not declare as cached outs counts as gone, as for DVC. */
function recordedHere({ project, pipeline }: Workspace): readonly Pick<LockEntry, 'outs'>[] {
  const { entries, files } = pipeline.lock;
  if (project.dialect === 'native')
    return [entries, ...[...files.values()].map((lock) => lock.entries)].flatMap((each) => [
      ...each.values(),
    ]);
  return [...pipeline.graph.stages].map(([name, stage]) => ({
    outs: (entries.get(name)?.outs ?? []).filter((recorded) =>
      stage.outs.some(({ path, cache }) => cache && path === recorded.path),
    ),
  }));
}

/** Objects before run-cache entries: an entry without its objects is passed over. */
export function removeGarbage(workspace: Workspace, plan: GarbagePlan): void {
  dropSnapshot(workspace.state);
  for (const path of plan.removedPaths) workspace.fs.remove(path);
  for (const path of plan.removedRuns) workspace.fs.remove(path);
}

function keepAll(
  workspace: Workspace,
  keeperOf: Map<Digest, string>,
  entries: readonly Pick<LockEntry, 'outs'>[],
  keeper: string,
): void {
  const keep = (digest: Digest): void => {
    if (keeperOf.has(digest)) return;
    keeperOf.set(digest, keeper);
    const members = isTreeDigest(digest)
      ? (workspace.observer.tree(digest) ?? workspace.legacy.readTree(digest) ?? [])
      : [];
    for (const member of members) keep(member.digest);
  };
  for (const { outs } of entries)
    for (const { digest, legacy } of outs) {
      const name = digest ?? legacy;
      if (name !== undefined) keep(name);
    }
}

function runsWith(workspace: Workspace, gone: ReadonlySet<Digest>): readonly string[] {
  return workspace.runCache.list().flatMap(({ path, entry }) => {
    const outs = entryFromValue(entry)?.outs ?? [];
    return outs.some(({ digest }) => digest !== undefined && gone.has(digest)) ? [path] : [];
  });
}
