/**
 * Garbage collection: which objects of the cache nothing names any more, and what keeps the others.
 *
 * Locks keep objects: the workspace's, and on demand those of commits. The run cache keeps none, as in DVC: without its
 * objects an entry is of no use, and can be removed with them.
 *
 * @module
 */

import { type Digest, err, isTreeDigest, ok, type Result, type StoredObject } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { entryFromValue, type LockEntry, parseLock } from '../lockfile/index.ts';
import { dropSnapshot, listRevisions, openRevision, type RevisionScope } from '../project/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface GarbagePlan {
  /** Objects that a lock names, by the first that does: `the workspace`, or a commit. */
  readonly kept: ReadonlyMap<string, readonly StoredObject[]>;
  readonly removed: readonly StoredObject[];
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
  keepAll(workspace, keeperOf, workspace.pipeline.lock.entries, 'the workspace');
  for (const scope of options.scopes) {
    const commits = listRevisions(workspace.project.root, scope, workspace.project.lockName);
    if (!commits.ok) return err([commits.error]);
    for (const commit of commits.value) {
      const entries = entriesOf(workspace, commit);
      if (!entries.ok) return entries;
      keepAll(workspace, keeperOf, entries.value, `commit ${commit.slice(0, 8)}`);
    }
  }
  const objects = workspace.store.list();
  const kept = new Map<string, StoredObject[]>();
  for (const object of objects) {
    const keeper = keeperOf.get(object.digest);
    if (keeper !== undefined) kept.set(keeper, [...(kept.get(keeper) ?? []), object]);
  }
  const removed = objects.filter(({ digest }) => !keeperOf.has(digest));
  const gone = new Set(removed.map(({ digest }) => digest));
  const removedRuns = options.withRunCache ? runsWith(workspace, gone) : [];
  return ok({ kept, removed, removedRuns, keeperOf });
}

/** Objects before run-cache entries: an entry without its objects is passed over. */
export function removeGarbage(workspace: Workspace, plan: GarbagePlan): void {
  dropSnapshot(workspace.state);
  for (const { digest } of plan.removed) workspace.fs.remove(workspace.store.pathOf(digest));
  for (const path of plan.removedRuns) workspace.fs.remove(path);
}

function keepAll(
  workspace: Workspace,
  keeperOf: Map<Digest, string>,
  entries: ReadonlyMap<string, LockEntry>,
  keeper: string,
): void {
  const keep = (digest: Digest): void => {
    if (keeperOf.has(digest)) return;
    keeperOf.set(digest, keeper);
    const members = isTreeDigest(digest) ? (workspace.observer.tree(digest) ?? []) : [];
    for (const member of members) keep(member.digest);
  };
  for (const { outs } of entries.values()) for (const { digest } of outs) if (digest) keep(digest);
}

/** A commit without the lock keeps nothing; a damaged one stops the collection: what it names is not known. */
function entriesOf(
  workspace: Workspace,
  commit: string,
): Result<ReadonlyMap<string, LockEntry>, readonly Diagnostic[]> {
  const { project } = workspace;
  const revision = openRevision(project.root, commit);
  if (!revision.ok) return err([revision.error]);
  const text = revision.value.readFile(project.lockName)?.toString('utf8');
  if (text === undefined) return ok(new Map());
  const lock = parseLock({ path: `${commit.slice(0, 8)}:${project.lockName}`, text });
  return lock.ok ? ok(lock.value.entries) : lock;
}

function runsWith(workspace: Workspace, gone: ReadonlySet<Digest>): readonly string[] {
  return workspace.runCache.list().flatMap(({ path, entry }) => {
    const outs = entryFromValue(entry)?.outs ?? [];
    return outs.some(({ digest }) => digest !== undefined && gone.has(digest)) ? [path] : [];
  });
}
