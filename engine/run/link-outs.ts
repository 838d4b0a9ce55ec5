/**
 * Outs that the cache has: linked as `cache.type` says, and what the cache will not bring back of them.
 *
 * @module
 */

import { type ContentState, err, ok, type Result, treeLosses } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Reporter } from './event.ts';
import { objectErrorText } from './object-error-text.ts';
import { absolute, cacheFailure } from './outs.ts';

/**
 * @param states Of the outs, as they stand in the workspace.
 * @param entry What was kept of them.
 */
export function linkOuts(
  workspace: Workspace,
  stage: ResolvedStage,
  states: ReadonlyMap<ResolvedOut, ContentState>,
  entry: Pick<LockEntry, 'outs'>,
  report: Reporter,
): Result<undefined, readonly Diagnostic[]> {
  const { fs, store, isIgnored } = workspace;
  for (const [out, state] of states) {
    const digest = entry.outs.find(({ path }) => path === out.path)?.digest;
    if (!out.cache || state.kind === 'missing' || state.digest !== digest) continue;
    const path = absolute(workspace, stage, out.path);
    const losses = treeLosses(fs, path, state, { store: store.directory, isIgnored });
    if (losses.length > 0) report({ kind: 'not-kept', out: out.path, losses });
    const linked = store.relink(path, state);
    if (!linked.ok) return err([cacheFailure(out, objectErrorText(linked.error))]);
  }
  return ok(undefined);
}
