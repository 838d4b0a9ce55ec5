/**
 * `keepRun`: the outs of a run, kept in the cache and linked to it, and the run itself in the run cache.
 *
 * @module
 */

import { type ContentState, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { entryToValue, type LockEntry } from '../lockfile/index.ts';
import { isRestorableKind } from '../plan/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Reporter } from './event.ts';
import { linkOuts } from './link-outs.ts';
import { cacheOuts } from './outs.ts';

interface KeepOptions {
  /** Also where an out that is no metric and no plot has `cache: false`: `commit` vouches for it. */
  readonly isCommit?: boolean;
  /** Leave the outs in the workspace as they are if false. */
  readonly relink?: boolean;
  /** Told what the cache will not bring back. */
  readonly report: Reporter;
}

/** @param states Of the outs, as they stand in the workspace now. */
export function keepRun(
  workspace: Workspace,
  stage: ResolvedStage,
  entry: LockEntry,
  states: ReadonlyMap<ResolvedOut, ContentState>,
  options: KeepOptions,
): Result<undefined, readonly Diagnostic[]> {
  const kept = new Map([...states].filter(([out]) => out.cache || isSaved(stage, entry, options)));
  const cached = cacheOuts(workspace, stage, kept, entry);
  if (!cached.ok) return cached;
  const linked =
    options.relink === false ? ok(undefined) : linkOuts(workspace, stage, states, entry, options.report);
  if (!linked.ok) return linked;
  saveRun(workspace, stage, entry, options);
  return ok(undefined);
}

/** The run in the run cache, where it can hold it. The cache has the outs. */
export function saveRun(
  { runCache, project }: Workspace,
  stage: ResolvedStage,
  entry: LockEntry,
  options: Pick<KeepOptions, 'isCommit'> = {},
): void {
  if (isSaved(stage, entry, options)) runCache.save(entryToValue(entry, project.paramsName));
}

const isSaved = (
  stage: ResolvedStage,
  entry: LockEntry,
  { isCommit = false }: Pick<KeepOptions, 'isCommit'>,
): boolean =>
  stage.action.kind !== 'source' &&
  isRestorableKind(stage, entry) &&
  (isCommit || stage.outs.every((out) => out.cache || out.kind !== 'out'));
