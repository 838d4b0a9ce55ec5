/**
 * The statuses of stages as DVC prints them for scripts.
 *
 * @see DVC 3.67.1, `dvc status --json`
 *
 * @module
 */

import type { StageStatus } from '../plan/index.ts';

type StageStatusJson = readonly (string | Readonly<Record<string, unknown>>)[];

/** Stages without a difference are left out. */
export const stageStatusJson = (
  statuses: ReadonlyMap<string, StageStatus>,
): Readonly<Record<string, StageStatusJson>> =>
  Object.fromEntries(
    [...statuses].flatMap(([name, status]) => {
      const differences = differencesOf(status);
      return differences.length === 0 ? [] : [[name, differences]];
    }),
  );

const differencesOf = (status: StageStatus): StageStatusJson => [
  ...(status.deps.size > 0 ? [{ 'changed deps': plain(status.deps) }] : []),
  ...(status.outs.size > 0 ? [{ 'changed outs': plain(status.outs) }] : []),
  ...(status.isAlwaysChanged ? ['always changed'] : []),
  ...(status.isCommandChanged ? ['changed command'] : []),
];

const plain = (map: StageStatus['deps']): object =>
  Object.fromEntries(
    [...map].map(([key, value]) => [key, typeof value === 'string' ? value : Object.fromEntries(value)]),
  );
