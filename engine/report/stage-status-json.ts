/**
 * The statuses of stages as DVC prints them for scripts.
 *
 * @see DVC 3.67.1, `dvc status --json`
 *
 * @module
 */

import { posix } from 'node:path';
import { fromRoot, fromWdir, isOutside } from '../core/index.ts';
import type { StageStatus } from '../plan/index.ts';
import type { ResolvedStage } from '../template/index.ts';

type StageStatusJson = readonly (string | Readonly<Record<string, unknown>>)[];

/**
 * Stages without a difference are left out.
 *
 * @param cwd Where paths are seen from, itself relative to the root; those outside of the root are absolute.
 */
export const stageStatusJson = (
  statuses: readonly { readonly stage: ResolvedStage; readonly status: StageStatus }[],
  { root, cwd }: { readonly root: string; readonly cwd: string },
): Readonly<Record<string, StageStatusJson>> =>
  Object.fromEntries(
    statuses.flatMap(({ stage, status }) => {
      const seen = (path: string): string => {
        const inRoot = fromRoot(stage.wdir, path);
        return isOutside(inRoot) ? posix.resolve(root, inRoot) : fromWdir(cwd, inRoot);
      };
      const differences = differencesOf(status, seen);
      return differences.length === 0 ? [] : [[stage.name, differences]];
    }),
  );

type Seen = (path: string) => string;

const differencesOf = (status: StageStatus, seen: Seen): StageStatusJson => [
  ...(status.deps.size > 0 ? [{ 'changed deps': plain(status.deps, seen) }] : []),
  ...(status.outs.size > 0 ? [{ 'changed outs': plain(status.outs, seen) }] : []),
  ...(status.isAlwaysChanged ? ['always changed'] : []),
  ...(status.isCommandChanged ? ['changed command'] : []),
];

const plain = (map: StageStatus['deps'], seen: Seen): object =>
  Object.fromEntries(
    [...map].map(([path, value]) => [
      seen(path),
      typeof value === 'string' ? value : Object.fromEntries(value),
    ]),
  );
