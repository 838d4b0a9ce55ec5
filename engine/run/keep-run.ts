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
import { cacheOuts, type PartsOf } from './outs.ts';

export interface KeepOptions {
  /**
   * The run in the run cache, with its outs that have `cache: false`: `as ran`, where these are all metrics and plots;
   * `always`: `commit` vouches for them; `never`: the lock is as it was.
   */
  readonly savesRun?: 'as ran' | 'always' | 'never';
  /** Of the outs that have a cache; the others are left as they are. */
  readonly keeps?: (out: ResolvedOut) => boolean;
  /** Of what is kept; whole if undefined. */
  readonly partsOf?: PartsOf;
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
  const { savesRun = 'as ran', keeps = () => true, partsOf = () => [] } = options;
  const isRunKept = isSaved(stage, entry, savesRun);
  const kept = new Map([...states].filter(([out]) => (out.cache ? keeps(out) : isRunKept)));
  const cached = cacheOuts(workspace, stage, kept, entry, partsOf);
  if (!cached.ok) return cached;
  const linked =
    options.relink === false
      ? ok(undefined)
      : linkOuts(workspace, stage, kept, entry, options.report, partsOf);
  if (!linked.ok) return linked;
  saveRun(workspace, stage, entry, savesRun);
  return ok(undefined);
}

/** The run in the run cache, where it can hold it. The cache has the outs. */
export function saveRun(
  { runCache, project }: Workspace,
  stage: ResolvedStage,
  entry: LockEntry,
  savesRun: NonNullable<KeepOptions['savesRun']> = 'as ran',
): void {
  if (isSaved(stage, entry, savesRun)) runCache.save(entryToValue(entry, project.paramsName));
}

const isSaved = (
  stage: ResolvedStage,
  entry: LockEntry,
  savesRun: NonNullable<KeepOptions['savesRun']>,
): boolean =>
  savesRun !== 'never' &&
  stage.action.kind !== 'source' &&
  isRestorableKind(stage, entry) &&
  (savesRun === 'always' || stage.outs.every((out) => out.cache || out.kind !== 'out'));
