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
import { entryFromValue, type LockPath } from '../lockfile/index.ts';
import { dropSnapshot, type Project, type RevisionSelection } from '../project/index.ts';
import { loadPipelinesOf, type Pipeline, type Workspace } from '../workspace/index.ts';
import { recordedOuts } from './used-objects.ts';

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

/** What locks name, files and trees without the members of these: what keeps each, and the remote that its out names. */
export type NamedObjects = ReadonlyMap<
  Digest,
  { readonly keeper: string; readonly remote: string | undefined }
>;

export interface NamingOptions {
  /** Beside the workspace. */
  readonly revisions: RevisionSelection;
  /** Of projects that share the cache. */
  readonly others: readonly Workspace[];
  /** What names nothing that can be read keeps nothing, and is no error. */
  readonly skipsUnreadable: boolean;
}

/** In a DVC repository what the manifests do not declare as cached outs counts as gone, as for DVC. */
export function namedObjects(
  workspace: Workspace,
  { revisions, others, skipsUnreadable }: NamingOptions,
): Result<NamedObjects, readonly Diagnostic[]> {
  const named = new Map<Digest, { keeper: string; remote: string | undefined }>();
  const add = (outs: Iterable<NamedOut>, keeper: string): void => {
    for (const { locked, remote } of outs) {
      const digest = locked.digest ?? locked.legacy;
      if (digest !== undefined && !named.has(digest)) named.set(digest, { keeper, remote });
    }
  };
  const { dialect } = workspace.project;
  add(outsOf(workspace.pipeline, dialect), 'the workspace');
  const committed = loadPipelinesOf(workspace, revisions);
  if (!committed.ok) return err([committed.error]);
  const { loaded, problems } = committed.value;
  if (problems.length > 0 && !skipsUnreadable) return err(problems);
  for (const { commit, pipeline } of loaded) add(outsOf(pipeline, dialect), `commit ${commit.slice(0, 8)}`);
  for (const other of others) {
    const theirs = namedObjects(other, { revisions, others: [], skipsUnreadable });
    if (!theirs.ok) return theirs;
    for (const [digest, keeper] of expand(other, theirs.value)) {
      if (!named.has(digest))
        named.set(digest, { keeper: `${keeper} of ${other.project.root}`, remote: undefined });
    }
  }
  return ok(named);
}

interface NamedOut {
  readonly locked: LockPath;
  readonly remote: string | undefined;
}

function outsOf(pipeline: Pipeline, dialect: Project['dialect']): readonly NamedOut[] {
  if (dialect === 'dvc')
    return recordedOuts(pipeline).map(({ out, locked }) => ({ locked, remote: out.remote }));
  const { entries, files } = pipeline.lock;
  return [entries, ...[...files.values()].map((lock) => lock.entries)].flatMap((each) =>
    [...each.values()].flatMap(({ outs }) => outs.map((locked) => ({ locked, remote: undefined }))),
  );
}

export interface GarbageOptions {
  readonly withRunCache: boolean;
  /** Objects that go although they are named: they can be had again. */
  readonly elsewhere: ReadonlySet<Digest>;
}

export function planGarbage(
  workspace: Workspace,
  named: NamedObjects,
  { withRunCache, elsewhere }: GarbageOptions,
): GarbagePlan {
  const all = expand(workspace, named);
  const keeperOf = new Map([...all].filter(([digest]) => !elsewhere.has(digest)));
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
  const removedRuns = withRunCache ? runsWith(workspace, gone) : [];
  return { kept, removed, removedPaths, removedRuns, keeperOf };
}

/** Objects before run-cache entries: an entry without its objects is passed over. */
export function removeGarbage(workspace: Workspace, plan: GarbagePlan): void {
  dropSnapshot(workspace.state);
  for (const path of plan.removedPaths) workspace.fs.remove(path);
  for (const path of plan.removedRuns) workspace.fs.remove(path);
}

/** With the members of trees. */
function expand(workspace: Workspace, named: NamedObjects): ReadonlyMap<Digest, string> {
  const keeperOf = new Map<Digest, string>();
  const keep = (digest: Digest, keeper: string): void => {
    if (keeperOf.has(digest)) return;
    keeperOf.set(digest, keeper);
    const members = isTreeDigest(digest)
      ? (workspace.observer.tree(digest) ?? workspace.legacy.readTree(digest) ?? [])
      : [];
    for (const member of members) keep(member.digest, keeper);
  };
  for (const [digest, { keeper }] of named) keep(digest, keeper);
  return keeperOf;
}

function runsWith(workspace: Workspace, gone: ReadonlySet<Digest>): readonly string[] {
  return workspace.runCache.list().flatMap(({ path, entry }) => {
    const outs = entryFromValue(entry)?.outs ?? [];
    return outs.some(({ digest }) => digest !== undefined && gone.has(digest)) ? [path] : [];
  });
}
