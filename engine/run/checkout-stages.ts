/**
 * `checkoutStages`: the cached outs of the lock, brought back into the workspace.
 *
 * @module
 */

import type { Diagnostic } from '../core/index.ts';
import { fromRoot } from '../core/index.ts';
import { openJournal } from '../lockfile/index.ts';
import { dropSnapshot } from '../project/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { restoreOut } from './outs.ts';
import { journalPath } from './run-pipeline.ts';

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

/**
 * What the lock does not know is left alone.
 *
 * @param relink Also what has its content is linked anew, as `cache.type` says.
 */
export function checkoutStages(
  workspace: Workspace,
  names: readonly string[],
  isMeant: (out: OutOfStage) => boolean = () => true,
  relink?: 'all',
): CheckoutResult {
  const { graph, lock } = workspace.pipeline;
  const restored: string[] = [];
  const failures: Diagnostic[] = [];
  dropSnapshot(workspace.state);
  const journal = openJournal(workspace.fs, journalPath(workspace.state));
  for (const [path, { text }] of lock.files) journal.based(path, text);
  for (const name of names) {
    const stage = graph.stages.get(name)!;
    for (const locked of lock.entries.get(name)?.outs ?? []) {
      const out = stage.outs.find(({ path, cache }) => cache && path === locked.path);
      if (out === undefined) continue;
      if (!isMeant({ stage: name, path: fromRoot(stage.wdir, out.path) })) continue;
      const done = restoreOut(workspace, stage, out, locked, relink);
      if (!done.ok) failures.push(done.error);
      else if (done.value === 'restored') restored.push(fromRoot(stage.wdir, out.path));
    }
  }
  workspace.memo.save();
  journal.close();
  return { restored, failures };
}
