/**
 * What a run does to a stage's outs: clear them before, look at them after, keep them, bring them back.
 *
 * @module
 */

import { dirname, posix } from 'node:path';
import {
  type CheckoutOptions,
  ContentError,
  type ContentState,
  err,
  ok,
  type Result,
  unprotect,
} from '../../cache/index.ts';
import { type Diagnostic, fromRoot, isOutside } from '../core/index.ts';
import { type LockEntry, type LockPath, lockPath } from '../lockfile/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { objectErrorText } from './object-error-text.ts';

type Checked<T> = Result<T, readonly Diagnostic[]>;

export const absolute = (workspace: Workspace, stage: ResolvedStage, path: string): string =>
  posix.resolve(workspace.project.root, fromRoot(stage.wdir, path));

/**
 * Removes what an earlier run left, and in our own projects makes the directories. A `persist` out stays, but no longer
 * leads into the cache: what the stage writes to it must not be written to an object.
 */
export function clearOuts(workspace: Workspace, stage: ResolvedStage): Checked<undefined> {
  const inside = stage.outs.filter((out) => !isCachedElsewhere(stage, out));
  const isThere = (out: ResolvedOut): boolean =>
    workspace.fs.lstat(absolute(workspace, stage, out.path)) !== undefined;
  const errors = stage.outs.flatMap((out) => {
    if (!isCachedElsewhere(stage, out)) return outsideError(workspace, stage, out) ?? [];
    return isThere(out) ? [outElsewhere(stage, out)] : [];
  });
  if (errors.length > 0) return err(errors);
  for (const out of inside) {
    const path = absolute(workspace, stage, out.path);
    if (out.persist) unprotect(workspace.fs, path, 'remove');
    else workspace.fs.remove(path);
    if (workspace.project.dialect === 'native') workspace.fs.makeDirectory(dirname(path));
  }
  return ok(undefined);
}

/** In a DVC repository: it is refused where it is there, or else when the stage has run. */
const isCachedElsewhere = (stage: ResolvedStage, out: ResolvedOut): boolean =>
  out.cache && isOutside(fromRoot(stage.wdir, out.path));

/** The outs as the stage left them. */
export function readOuts(
  workspace: Workspace,
  stage: ResolvedStage,
): Checked<ReadonlyMap<ResolvedOut, ContentState>> {
  const states = new Map<ResolvedOut, ContentState>();
  const errors: Diagnostic[] = [];
  for (const out of stage.outs) {
    const state = readOut(workspace, stage, out);
    if (state.ok) states.set(out, state.value);
    else errors.push(state.error);
  }
  return errors.length > 0 ? err(errors) : ok(states);
}

function readOut(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
): Result<ContentState, Diagnostic> {
  if (isCachedElsewhere(stage, out)) return err(outElsewhere(stage, out));
  try {
    const state = workspace.hasher.observe(absolute(workspace, stage, out.path));
    return state.kind === 'missing' ? err(outNotMade(stage, out)) : ok(state);
  } catch (error) {
    if (error instanceof ContentError) return err(outUnreadable(stage, out, error));
    throw error;
  }
}

/** @param before What DVC 2 recorded holds where the content is still the same. */
export const lockedOuts = (
  { observer }: Workspace,
  stage: ResolvedStage,
  states: ReadonlyMap<ResolvedOut, ContentState>,
  before: LockEntry | undefined,
): readonly LockPath[] =>
  [...states].flatMap(([out, state]) => {
    const recorded = before?.outs.find(({ path }) => path === out.path);
    const isSame =
      recorded?.legacy !== undefined && observer.legacy(fromRoot(stage.wdir, out.path)) === recorded.legacy;
    return (isSame ? recorded : lockPath(out.path, state)) ?? [];
  });

/** Of an out that is a directory the paths in it that alone are meant; none where it is meant whole. */
export type PartsOf = (out: ResolvedOut) => readonly string[];

/** Copies outs into the cache; DVC 2's where the entry has DVC 2's digest. What is not as the entry says is left out. */
export function cacheOuts(
  workspace: Workspace,
  stage: ResolvedStage,
  states: ReadonlyMap<ResolvedOut, ContentState>,
  entry: Pick<LockEntry, 'outs'>,
  partsOf: PartsOf,
): Checked<undefined> {
  for (const [out, state] of states) {
    if (state.kind === 'missing') continue;
    const { digest, legacy } = entry.outs.find(({ path }) => path === out.path) ?? {};
    if (legacy !== undefined) workspace.legacy.put(absolute(workspace, stage, out.path), legacy);
    if (digest !== state.digest) continue;
    const put = workspace.store.put(absolute(workspace, stage, out.path), state, isIn(partsOf(out)));
    if (!put.ok) return err([cacheFailure(out, objectErrorText(put.error))]);
  }
  return ok(undefined);
}

/** Whether a path in a directory is the part, or lies in it. */
export const isInPart = (path: string, part: string): boolean => path === part || path.startsWith(`${part}/`);

/** Whether it is one of the parts, or lies in one; all do where there are none. */
export const isIn =
  (parts: readonly string[]) =>
  (path: string): boolean =>
    parts.length === 0 || parts.some((part) => isInPart(path, part));

/** Brings the outs of an entry into the workspace; all but persistent ones are linked anew, as they are after a run. */
export function restoreOuts(
  workspace: Workspace,
  stage: ResolvedStage,
  entry: LockEntry,
): Checked<undefined> {
  for (const out of stage.outs) {
    const locked = entry.outs.find(({ path }) => path === out.path);
    const relink = out.persist ? undefined : 'all';
    const done = locked === undefined ? ok('unchanged') : restoreOut(workspace, stage, out, locked, relink);
    if (!done.ok) return err([done.error]);
  }
  return ok(undefined);
}

/** A lock that was edited by hand may lack the sizes of what was restored from it. */
export const withSizes = (
  workspace: Workspace,
  stage: ResolvedStage,
  outs: readonly LockPath[],
): readonly LockPath[] =>
  outs.map((out) => {
    if (out.digest === undefined || out.sizeBytes !== undefined) return out;
    const state = workspace.hasher.observe(absolute(workspace, stage, out.path));
    return state.kind !== 'missing' && state.digest === out.digest
      ? { ...out, sizeBytes: state.sizeBytes }
      : out;
  });

export function restoreOut(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  locked: LockPath,
  relink?: CheckoutOptions['relink'],
): Result<'restored' | 'unchanged', Diagnostic> {
  const { digest, isExecutable } = locked;
  if (locked.legacy !== undefined) return restoreLegacy(workspace, stage, out, locked);
  if (digest === undefined) return ok('unchanged');
  const outside = outsideError(workspace, stage, out);
  if (outside !== undefined) return err(outside);
  const target = absolute(workspace, stage, out.path);
  const current = workspace.hasher.observe(target);
  const isThere = current.kind !== 'missing' && current.digest === digest;
  if (isThere && relink === undefined) return ok('unchanged');
  const { isIgnored } = workspace;
  const done = workspace.store.checkout(digest, target, { isExecutable, isIgnored, relink });
  if (!done.ok) return err(restoreFailure(stage, out, objectErrorText(done.error)));
  workspace.placed.note(fromRoot(stage.wdir, out.path), digest);
  return ok(isThere ? 'unchanged' : 'restored');
}

function restoreLegacy(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  { legacy, isExecutable }: LockPath,
): Result<'restored' | 'unchanged', Diagnostic> {
  const target = absolute(workspace, stage, out.path);
  const outside = outsideError(workspace, stage, out);
  if (outside !== undefined) return err(outside);
  if (workspace.legacy.digestOf(target) === legacy) return ok('unchanged');
  if (!workspace.legacy.has(legacy!))
    return err(restoreFailure(stage, out, `the cache has no object ${legacy!}`));
  workspace.legacy.restore(legacy!, target, isExecutable);
  return ok('restored');
}

/** A link in the path may lead elsewhere: what is written there would not be the workspace's. */
export function outsideError(
  workspace: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
): Diagnostic | undefined {
  const path = fromRoot(stage.wdir, out.path);
  if (out.path.startsWith('/') || (isOutside(path) && !out.cache)) return undefined;
  const { fs, project } = workspace;
  let parent = dirname(absolute(workspace, stage, out.path));
  while (fs.lstat(parent) === undefined) parent = dirname(parent);
  const real = fs.realPath(parent);
  const root = fs.realPath(project.root);
  if (real === root || real.startsWith(`${root}/`)) return undefined;
  return {
    code: 'E_OUT_OUTSIDE',
    message: `Out "${out.path}" of stage "${stage.name}" leads outside the project, to ${real}`,
    place: out.place,
    hint: 'replace the link by a directory, or choose another path',
  };
}

const outElsewhere = (stage: ResolvedStage, out: ResolvedOut): Diagnostic => ({
  code: 'E_OUT_OUTSIDE',
  message: `Out "${out.path}" of stage "${stage.name}" is outside of the project: it cannot be kept in the cache`,
  place: out.place,
  hint: 'choose a path in the project, or set "cache: false"',
});

const outNotMade = (stage: ResolvedStage, out: ResolvedOut): Diagnostic => ({
  code: 'E_OUT_NOT_MADE',
  message: `Stage "${stage.name}" did not make its out "${out.path}"`,
  place: out.place,
  hint: 'correct the path, or let the stage write it',
});

const outUnreadable = (stage: ResolvedStage, out: ResolvedOut, error: ContentError): Diagnostic => ({
  code: 'E_OUT_UNREADABLE',
  message: `Out "${out.path}" of stage "${stage.name}" cannot be kept. ${error.message}`,
  place: out.place,
});

export const cacheFailure = (out: ResolvedOut, reason: string): Diagnostic => ({
  code: 'E_CACHE_WRITE',
  message: `Cannot keep out "${out.path}" in the cache: ${reason}`,
  place: out.place,
});

export const restoreFailure = (stage: ResolvedStage, out: ResolvedOut, reason: string): Diagnostic => ({
  code: 'E_RESTORE',
  message: `Cannot restore out "${out.path}" of "${stage.name}": ${reason}`,
  place: out.place,
  hint:
    stage.action.kind === 'source'
      ? 'fetch it with "dvc-like pull"'
      : 'fetch it with "dvc-like pull", or run the stage again with "dvc-like repro -f"',
});
