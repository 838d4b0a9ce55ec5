/**
 * `dataStatus`: what differs between the last commit, what is recorded now, and the workspace.
 *
 * @module
 */

import type { Pipeline, Workspace } from '../workspace/index.ts';
import { byDigest, type DataChange, dataChanges, pathOf } from './data-changes.ts';
import {
  flatData,
  isLacking,
  isWithin,
  recordedData,
  standingData,
  type TrackedItem,
} from './tracked-data.ts';

export interface DataStatus {
  /** Recorded now, and not in the cache. */
  readonly notCached: readonly TrackedItem[];
  /** From the last commit to what is recorded now. */
  readonly committed: readonly DataChange[];
  /** From what is recorded now to the workspace. */
  readonly uncommitted: readonly DataChange[];
  /** The same in all three. */
  readonly unchanged: readonly TrackedItem[];
}

export interface DataStatusOptions {
  /** Also the files in directories. */
  readonly isGranular: boolean;
  /** Relative to the root; undefined: everything. */
  readonly targets: readonly string[] | undefined;
}

/** @param head Of the last commit; undefined where there is none, `no git` where there cannot be one. */
export function dataStatus(
  workspace: Workspace,
  head: Pipeline | undefined | 'no git',
  { isGranular, targets }: DataStatusOptions,
): DataStatus {
  const now = recordedData(workspace, workspace.pipeline);
  const recorded = flatData(now, isGranular);
  const standing = flatData(standingData(workspace, now), isGranular);
  const isWanted = (change: DataChange): boolean =>
    isWithin(pathOf(change), targets) && !(change.kind === 'unknown' && change.is === undefined);
  const uncommitted = dataChanges(recorded, standing, byDigest).filter(isWanted);
  const committed =
    head === 'no git'
      ? undefined
      : dataChanges(flatData(recordedData(workspace, head), isGranular), recorded, byDigest).filter(isWanted);
  const keptSince = new Set(committed?.filter(({ kind }) => kind === 'unchanged').map(pathOf));
  return {
    notCached: uncommitted
      .flatMap((change) => ('was' in change ? (change.was ?? []) : []))
      .filter((item) => isLacking(workspace, item)),
    committed: (committed ?? []).filter(({ kind }) => kind !== 'unchanged'),
    uncommitted: uncommitted.filter(({ kind }) => kind !== 'unchanged'),
    unchanged: uncommitted.flatMap((change) =>
      change.kind === 'unchanged' && (committed === undefined || keptSince.has(pathOf(change)))
        ? [change.is]
        : [],
    ),
  };
}
