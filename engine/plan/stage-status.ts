/**
 * What DVC's `status` says of a stage: how its command, deps, params and outs differ from its lock entry, each by itself.
 * Unlike a verdict it looks at no other stage, and says nothing of what `repro` would do.
 *
 * @see DVC 3.67.1, `dvc/stage/__init__.py` (`Stage.status`), `dvc/dependency/param.py`, `dvc/output.py`
 *
 * @module
 */

import { type Digest, equalValues, type Value } from '../../cache/index.ts';
import { fromRoot } from '../core/index.ts';
import type { LockEntry, LockPath } from '../lockfile/index.ts';
import type { ResolvedParams, ResolvedStage } from '../template/index.ts';
import { valueAt } from '../values/index.ts';
import type { Observer } from './observation.ts';
import { isAlwaysChanged } from './restorable.ts';

export type PathStatus = 'new' | 'modified' | 'deleted' | 'not in cache';

/** By path; of a params file that the lock knows, by key. */
type Statuses = ReadonlyMap<string, PathStatus | ReadonlyMap<string, PathStatus>>;

export interface StageStatus {
  readonly deps: Statuses;
  readonly outs: ReadonlyMap<string, PathStatus>;
  readonly isAlwaysChanged: boolean;
  readonly isCommandChanged: boolean;
}

export function stageStatus(
  stage: ResolvedStage,
  entry: LockEntry | undefined,
  observer: Observer,
): StageStatus {
  return {
    deps: stage.frozen ? new Map() : depStatuses(stage, entry, observer),
    outs: outStatuses(stage, entry, observer),
    isAlwaysChanged: isAlwaysChanged(stage),
    isCommandChanged: isCommandChanged(stage, entry),
  };
}

function isCommandChanged({ action }: ResolvedStage, entry: LockEntry | undefined): boolean {
  if (action.kind !== 'command' || entry === undefined) return false;
  return entry.action.kind !== 'command' || !equalValues(entry.action.cmd, action.cmd);
}

function depStatuses(stage: ResolvedStage, entry: LockEntry | undefined, observer: Observer): Statuses {
  const recorded = new Map(entry?.deps.map((dep) => [dep.path, dep]));
  const statuses = new Map<string, PathStatus | ReadonlyMap<string, PathStatus>>();
  for (const { path } of stage.deps) {
    const seen = fromRoot(stage.wdir, path);
    const state = observer.content(seen);
    if (state.kind === 'missing') statuses.set(path, 'deleted');
    else if (!isRecorded(recorded.get(path), seen, state.digest, observer)) statuses.set(path, 'modified');
  }
  for (const params of stage.params) {
    const status = paramsStatus(stage, params, entry?.params.get(params.file), observer);
    if (typeof status === 'string' || status.size > 0) statuses.set(params.file, status);
  }
  return statuses;
}

function paramsStatus(
  stage: ResolvedStage,
  params: ResolvedParams,
  before: ReadonlyMap<string, Value> | undefined,
  observer: Observer,
): PathStatus | ReadonlyMap<string, PathStatus> {
  const file = observer.params(stage, { ...params, keys: 'all' });
  if (!file.ok) return 'deleted';
  if (before === undefined) return 'new';
  const isWhole = params.keys === 'all';
  const keys = isWhole
    ? [...new Set([...before.keys(), ...file.value.keys()])]
    : params.keys.map(({ key }) => key);
  return new Map(
    keys.flatMap((key): [string, PathStatus][] => {
      const is = isWhole ? file.value.get(key) : valueAt(file.value, key.split('.'));
      const was = before.get(key);
      if (is === undefined) return [[key, 'deleted']];
      if (was === undefined) return [[key, 'new']];
      return equalValues(was, is) ? [] : [[key, 'modified']];
    }),
  );
}

function outStatuses(
  stage: ResolvedStage,
  entry: LockEntry | undefined,
  observer: Observer,
): ReadonlyMap<string, PathStatus> {
  const recorded = new Map(entry?.outs.map((out) => [out.path, out]));
  const statuses = new Map<string, PathStatus>();
  for (const { path, cache } of stage.outs) {
    const { digest, legacy } = recorded.get(path) ?? {};
    const isGone =
      (digest !== undefined && !observer.isCached(digest)) ||
      (legacy !== undefined && !observer.isLegacyCached(legacy));
    if (cache && isGone) {
      statuses.set(path, 'not in cache');
      continue;
    }
    const seen = fromRoot(stage.wdir, path);
    const state = observer.content(seen);
    if (state.kind === 'missing') statuses.set(path, 'deleted');
    else if (!isRecorded(recorded.get(path), seen, state.digest, observer)) statuses.set(path, 'modified');
  }
  return statuses;
}

const isRecorded = (was: LockPath | undefined, path: string, is: Digest, observer: Observer): boolean =>
  was?.legacy === undefined ? was?.digest === is : observer.legacy(path) === was.legacy;
