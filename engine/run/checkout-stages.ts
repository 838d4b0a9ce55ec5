/**
 * `checkoutStages`: the cached outs of the lock, brought back into the workspace.
 *
 * @module
 */

import { err, isTreeDigest, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { fromRoot } from '../core/index.ts';
import { type LockPath, openJournal } from '../lockfile/index.ts';
import { dropSnapshot } from '../project/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { restoreFailure, restoreOut } from './outs.ts';
import { journalPath } from './run-pipeline.ts';
import { unsavedError } from './unsaved.ts';

export interface CheckoutResult {
  /** Outs that were not as the lock says, seen from the root. */
  readonly restored: readonly string[];
  readonly failures: readonly Diagnostic[];
}

/** An out, seen from the root. */
export interface OutOfStage {
  readonly stage: string;
  readonly path: string;
}

export interface CheckoutHow {
  readonly isMeant?: (out: OutOfStage) => boolean;
  /** Also what has its content is linked anew, as `cache.type` says. */
  readonly relink?: 'all' | undefined;
  /** What the workspace has and neither the lock nor the cache, is lost. */
  readonly force?: boolean | undefined;
}

/** What the lock does not know is left alone. An error where something would be lost: then nothing is done at all. */
export function checkoutStages(
  workspace: Workspace,
  names: readonly string[],
  { isMeant = () => true, relink, force = false }: CheckoutHow = {},
): Result<CheckoutResult, readonly Diagnostic[]> {
  const { graph, lock } = workspace.pipeline;
  const meant = names.flatMap((name) => {
    const stage = graph.stages.get(name)!;
    return (lock.entries.get(name)?.outs ?? []).flatMap((locked) => {
      const out = stage.outs.find(({ path, cache }) => cache && path === locked.path);
      const path = fromRoot(stage.wdir, locked.path);
      return out === undefined || !isMeant({ stage: name, path }) ? [] : [{ stage, out, locked, path }];
    });
  });
  if (!force) {
    const unsaved = meant.flatMap(
      ({ stage, out, locked }) => unsavedError(workspace, stage, out, locked, relink !== undefined) ?? [],
    );
    if (unsaved.length > 0) return err(unsaved);
  }
  const restored: string[] = [];
  const failures: Diagnostic[] = [];
  dropSnapshot(workspace.state);
  const journal = openJournal(workspace.fs, journalPath(workspace.state));
  for (const [path, { text }] of lock.files) journal.based(path, text);
  for (const { stage, out, locked, path } of meant) {
    const done = restoreOut(workspace, stage, out, locked, relink);
    if (!done.ok) failures.push(done.error);
    else if (done.value === 'restored') restored.push(path);
    else failures.push(...missingTree(workspace, stage, out, locked));
  }
  workspace.memo.save();
  journal.close();
  return ok({ restored, failures });
}

/** Of a directory that is as the lock says: that the cache cannot bring it back. */
function missingTree(
  { store }: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  { digest }: LockPath,
): readonly Diagnostic[] {
  if (digest === undefined || !isTreeDigest(digest) || store.lacking([digest]).length === 0) return [];
  return [restoreFailure(stage, out, `the cache has no object ${digest}`)];
}
