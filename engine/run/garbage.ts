/**
 * Garbage collection: which objects of the cache nothing names any more, and what keeps the others.
 *
 * Locks keep objects: the workspace's, and on demand those of commits. The run cache keeps none, as in DVC: without its
 * objects an entry is of no use, and can be removed with them.
 *
 * @module
 */

import { type Digest, err, isTreeDigest, ok, type Result, type StoredObject } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { entryFromValue, type LockEntry, parseLock } from '../lockfile/index.ts';
import { dropSnapshot, listRevisions, openRevision, type RevisionScope } from '../project/index.ts';
import { readSource } from '../sources/index.ts';
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
  const { entries, files } = workspace.pipeline.lock;
  for (const each of [entries, ...[...files.values()].map((lock) => lock.entries)])
    keepAll(workspace, keeperOf, each, 'the workspace');
  const { root, dialect, lockName } = workspace.project;
  for (const scope of options.scopes) {
    const commits = listRevisions(root, scope, dialect === 'dvc' ? DVC_FILES : [lockName]);
    if (!commits.ok) return err([commits.error]);
    for (const commit of commits.value) {
      const recorded = entriesOf(workspace, commit);
      if (!recorded.ok) return recorded;
      for (const each of recorded.value) keepAll(workspace, keeperOf, each, `commit ${commit.slice(0, 8)}`);
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

/** What git names all files by in which DVC records outs. */
const DVC_FILES = [':(glob)**/dvc.lock', ':(glob)**/*.dvc'];

/** A commit without a lock keeps nothing; a damaged one stops the collection: what it names is not known. */
function entriesOf(
  workspace: Workspace,
  commit: string,
): Result<readonly ReadonlyMap<string, LockEntry>[], readonly Diagnostic[]> {
  const { project } = workspace;
  const revision = openRevision(project.root, commit);
  if (!revision.ok) return err([revision.error]);
  const paths =
    project.dialect === 'native' ? [project.lockName] : revision.value.filesBelow('.').filter(isRecord);
  const found: ReadonlyMap<string, LockEntry>[] = [];
  for (const path of paths) {
    const text = revision.value.readFile(path)?.toString('utf8');
    if (text === undefined) continue;
    const file = { path: `${commit.slice(0, 8)}:${path}`, text };
    const entries = path.endsWith('.dvc') ? sourceEntries(file) : parseLock(file);
    if (!entries.ok) return entries;
    found.push(entries.value.entries);
  }
  return ok(found);
}

const isRecord = (path: string): boolean => /(?:^|\/)dvc\.lock$|[^/]\.dvc$/.test(path);

function sourceEntries(file: SourceFile) {
  const source = readSource(file);
  return source.ok ? ok({ entries: new Map([[file.path, source.value.entry]]) }) : source;
}

function runsWith(workspace: Workspace, gone: ReadonlySet<Digest>): readonly string[] {
  return workspace.runCache.list().flatMap(({ path, entry }) => {
    const outs = entryFromValue(entry)?.outs ?? [];
    return outs.some(({ digest }) => digest !== undefined && gone.has(digest)) ? [path] : [];
  });
}
