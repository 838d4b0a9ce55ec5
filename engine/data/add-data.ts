/**
 * `addData`: files and directories put under `.dvc` files.
 *
 * What lies in a directory that is under one already updates it: only that part is looked at.
 *
 * @module
 */

import { join, posix } from 'node:path';
import {
  ContentError,
  type ContentState,
  err,
  ok,
  type Result,
  treeLosses,
  writeFileAtomic,
} from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type LockEntry, type LockPath, lockPath } from '../lockfile/index.ts';
import { dropSnapshot, openGitIgnore, trackedByGit } from '../project/index.ts';
import { objectErrorText, type Reporter } from '../run/index.ts';
import { recordSource, renderSource } from '../sources/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { ignoredPath, isCached, overlapping, type Target, targetAt } from './add-target.ts';
import { withPart } from './tree-part.ts';

export interface AddOptions {
  /** Copied into the cache; else only what they are is recorded. */
  readonly isCached: boolean;
  /** Linked as `cache.type` says, when they are in the cache. */
  readonly isLinked: boolean;
  /** Told what the cache will not bring back. */
  readonly report: Reporter;
}

export interface Added {
  /** The `.dvc` files that were written, relative to the root. */
  readonly files: readonly string[];
  readonly failures: readonly Diagnostic[];
}

/**
 * Nothing is added where one of the paths cannot be by what is tracked already; otherwise one after the other, up to the
 * first that fails.
 *
 * @param paths Relative to the root.
 */
export function addData(workspace: Workspace, paths: readonly string[], options: AddOptions): Added {
  const targets = [...new Set(paths)].map((path) => targetAt(workspace, path));
  const refused = targets.flatMap((target) => (target.ok ? [] : [target.error]));
  const found = targets.flatMap((target) => (target.ok ? [target.value] : []));
  const failures = [...refused, ...overlapping(found)];
  if (failures.length > 0) return { files: [], failures };
  dropSnapshot(workspace.state);
  const tracked = trackedByGit(workspace.project.root, found.map(ignoredPath));
  const gitIgnore = openGitIgnore(
    workspace.fs,
    workspace.project.root,
    found.map((target) => absolute(workspace, ignoredPath(target))),
  );
  const entries = new Map<string, LockEntry>();
  const files: string[] = [];
  for (const target of found) {
    const content = contentOf(workspace, target, entries);
    if (!content.ok) return { files, failures: [content.error] };
    if (isCached(target)) {
      if (tracked.has(ignoredPath(target))) return { files, failures: [gitTracks(target.path)] };
      gitIgnore.add([absolute(workspace, ignoredPath(target))]);
      const kept = options.isCached ? keep(workspace, target, content.value, options) : ok(undefined);
      if (!kept.ok) return { files, failures: [kept.error] };
    }
    writeTarget(workspace, target, content.value.locked, entries);
    files.push(target.file);
  }
  workspace.memo.save();
  return { files: [...new Set(files)], failures: [] };
}

const absolute = ({ project }: Workspace, path: string): string => posix.resolve(project.root, path);
/** What a path is now, and what is to be recorded of the out that it belongs to. */
interface Content {
  /** Undefined where it is no longer there. */
  readonly state: ContentState;
  readonly locked: LockPath;
  /** The out's new directory object, where the path is only a part of the out. */
  readonly tree: Buffer | undefined;
}

function contentOf(
  workspace: Workspace,
  target: Target,
  entries: ReadonlyMap<string, LockEntry>,
): Result<Content, Diagnostic> {
  const full = absolute(workspace, target.path);
  let state: ContentState;
  try {
    state = workspace.hasher.observe(full);
  } catch (error) {
    if (error instanceof ContentError) return err(unreadable(target.path, error));
    throw error;
  }
  if (target.kind === 'known' && target.path !== target.outPath) {
    const { name } = target.stage;
    const entry = entries.get(name) ?? workspace.pipeline.lock.entries.get(name);
    const before = entry?.outs.find(({ path }) => path === target.out.path);
    const part = posix.relative(target.outPath, target.path);
    const isThere = workspace.fs.stat(absolute(workspace, target.outPath)) !== undefined;
    return before === undefined || !isThere
      ? err(missing(target.path))
      : withPart(workspace, before, part, state);
  }
  const name = target.kind === 'new' ? posix.basename(target.path) : target.out.path;
  const locked = lockPath(name, state);
  return locked === undefined ? err(missing(target.path)) : ok({ state, locked, tree: undefined });
}

function keep(
  workspace: Workspace,
  target: Target,
  { state, tree, locked }: Content,
  { isLinked, report }: AddOptions,
): Result<undefined, Diagnostic> {
  const { fs, store, placed, isIgnored } = workspace;
  const full = absolute(workspace, target.path);
  if (state.kind !== 'missing') {
    const put = store.put(full, state);
    if (!put.ok) return err(notKept(target.path, objectErrorText(put.error)));
    const losses = treeLosses(fs, full, state, { store: store.directory, isIgnored });
    if (losses.length > 0) report({ kind: 'not-kept', out: target.path, losses });
    const linked = isLinked ? store.relink(full, state) : ok(undefined);
    if (!linked.ok) return err(notKept(target.path, objectErrorText(linked.error)));
    if (isLinked) placed.note(ignoredPath(target), locked.digest!);
  }
  if (tree !== undefined && !store.has(locked.digest!)) {
    fs.makeDirectory(store.directory);
    const temporary = fs.temporaryPath(store.directory);
    fs.createFile(temporary, tree, 0o444);
    store.adopt([{ digest: locked.digest!, temporary }]);
  }
  return ok(undefined);
}

export function writeTarget(
  { fs, project, pipeline }: Workspace,
  target: Target,
  locked: LockPath,
  entries: Map<string, LockEntry>,
): void {
  if (target.kind === 'new') {
    writeFileAtomic(fs, join(project.root, target.file), renderSource(locked));
    return;
  }
  const { name } = target.stage;
  const before = entries.get(name) ?? pipeline.lock.entries.get(name)!;
  const entry = { ...before, outs: [...before.outs.filter(({ path }) => path !== locked.path), locked] };
  entries.set(name, entry);
  recordSource(fs, project.root, target.file, entry);
}

const missing = (path: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `There is no "${path}"`,
  hint: 'paths are relative to the working directory',
});

export const gitTracks = (path: string): Diagnostic => ({
  code: 'E_TRACKED_BY_GIT',
  message: `Cannot add "${path}": git tracks it`,
  hint: `let git forget it first: git rm -r --cached "${path}" && git commit -m "Stop tracking ${path}"`,
});

export const notKept = (path: string, reason: string): Diagnostic => ({
  code: 'E_CACHE_WRITE',
  message: `Cannot keep "${path}" in the cache: ${reason}`,
});

export const unreadable = (path: string, error: ContentError): Diagnostic => ({
  code: 'E_OUT_UNREADABLE',
  message: `Cannot add "${path}". ${error.message}`,
});
