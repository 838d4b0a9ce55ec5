/**
 * `checkoutStages`: the cached outs of the lock, brought back into the workspace.
 *
 * @module
 */

import { compareCodePoints, err, isTreeDigest, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { fromRoot, isOutside } from '../core/index.ts';
import { type LockPath, openJournal } from '../lockfile/index.ts';
import { dropSnapshot } from '../project/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { checkoutPart } from './checkout-part.ts';
import { absolute, restoreFailure, restoreOut } from './outs.ts';
import { journalPath } from './run-pipeline.ts';
import { unsavedError } from './unsaved.ts';

export interface CheckoutResult {
  /** Outs that were not as the lock says, seen from the root. */
  readonly restored: readonly string[];
  /** What another revision had, seen from the root. */
  readonly removed: readonly string[];
  readonly failures: readonly Diagnostic[];
}

/** An out, seen from the root. */
export interface OutOfStage {
  readonly stage: string;
  readonly path: string;
}

export interface CheckoutHow {
  readonly isMeant?: (out: OutOfStage) => boolean;
  /** Paths in a directory out that alone are brought back; none: all of it. */
  readonly partsOf?: (out: OutOfStage) => readonly string[];
  /** Also what has its content is linked anew, as `cache.type` says. */
  readonly relink?: 'all' | undefined;
  /** What was placed for another revision goes. */
  readonly removeUnused?: boolean | undefined;
  /** What the workspace has and neither the lock nor the cache, is lost. */
  readonly force?: boolean | undefined;
}

interface Meant {
  readonly stage: ResolvedStage;
  readonly out: ResolvedOut;
  /** Undefined where nothing is recorded of it. */
  readonly locked: LockPath | undefined;
  /** Seen from the root. */
  readonly path: string;
  readonly parts: readonly string[];
}

/**
 * An error where something would be lost: then nothing is restored. An out that the lock does not know is left alone; in a DVC
 * repository it is a failure, as is one that the cache does not have, and neither is left in the workspace.
 */
export function checkoutStages(
  workspace: Workspace,
  names: readonly string[],
  { isMeant = () => true, partsOf = () => [], relink, removeUnused = false, force = false }: CheckoutHow = {},
): Result<CheckoutResult, readonly Diagnostic[]> {
  const { graph, lock } = workspace.pipeline;
  dropSnapshot(workspace.state);
  const removed = removeUnused ? workspace.placed.removeUnused(graph) : [];
  const meant = names.flatMap((name) => {
    const stage = graph.stages.get(name)!;
    const recorded = lock.entries.get(name)?.outs ?? [];
    const outs = stage.outs.toSorted((a, b) => compareCodePoints(a.path, b.path));
    return outs.flatMap((out): readonly Meant[] => {
      const path = fromRoot(stage.wdir, out.path);
      if (!out.cache || isOutside(path) || !isMeant({ stage: name, path })) return [];
      const locked = recorded.find((each) => each.path === out.path);
      return [{ stage, out, locked, path, parts: partsOf({ stage: name, path }) }];
    });
  });
  const known = workspace.project.dialect === 'dvc' ? meant : meant.filter(isRecorded);
  if (!force) {
    const unsaved = known.flatMap(
      ({ stage, out, locked, parts }) =>
        unsavedError(workspace, stage, out, locked, { relink: relink !== undefined, parts }) ?? [],
    );
    if (unsaved.length > 0) return err(unsaved);
  }
  const restored: string[] = [];
  const failures: Diagnostic[] = [];
  const journal = openJournal(workspace.fs, journalPath(workspace.state));
  for (const [path, { text }] of lock.files) journal.based(path, text);
  for (const each of known) {
    const done = restore(workspace, each, relink);
    if (!done.ok) {
      failures.push(done.error);
      removeWrong(workspace, each, done.error);
    }
    if (done.ok && done.value === 'restored') restored.push(each.path);
  }
  workspace.memo.save();
  journal.close();
  return ok({ restored, removed, failures });
}

/** As DVC: what cannot be brought back and is not right as it is, is not left to be taken for it. */
function removeWrong(workspace: Workspace, { stage, out, locked, parts }: Meant, { code }: Diagnostic): void {
  const { fs, hasher, project } = workspace;
  if (project.dialect === 'native' || code !== 'E_RESTORE' || parts.length > 0) return;
  const path = absolute(workspace, stage, out.path);
  const current = hasher.observe(path);
  if (current.kind !== 'missing' && current.digest !== locked?.digest) fs.remove(path);
}

const isRecorded = ({ locked }: Meant): boolean =>
  locked?.digest !== undefined || locked?.legacy !== undefined;

function restore(
  workspace: Workspace,
  meant: Meant,
  relink: CheckoutHow['relink'],
): Result<'restored' | 'unchanged', Diagnostic> {
  const { stage, out, locked, parts } = meant;
  if (locked === undefined || !isRecorded(meant))
    return err(restoreFailure(stage, out, 'it was never recorded'));
  const { digest } = locked;
  if (digest === undefined || !isTreeDigest(digest)) return restoreOut(workspace, stage, out, locked, relink);
  const done = parts.map((part) => checkoutPart(workspace, stage, out, digest, part));
  if (parts.length === 0) done.push(restoreOut(workspace, stage, out, locked, relink));
  const failed = done.find((each) => !each.ok);
  if (failed !== undefined) return failed;
  if (done.some((each) => each.ok && each.value === 'restored')) {
    const { hasher, placed } = workspace;
    const state = hasher.observe(absolute(workspace, stage, out.path));
    if (state.kind !== 'missing') placed.note(meant.path, state.digest);
    return ok('restored');
  }
  // It is as the lock says; but the cache may not be able to bring it back.
  return workspace.store.lacking([digest]).length === 0
    ? ok('unchanged')
    : err(restoreFailure(stage, out, `the cache has no object ${digest}`));
}
