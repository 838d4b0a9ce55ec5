/**
 * How long stages took the last times: `<home>/tmp/dvc-like/durations`, brought up to date at the end of each run.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem, isSystemError, replaceFile } from '../../cache/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { RunRecord } from './run-record.ts';

type Addressed = Pick<ResolvedStage, 'id' | 'name' | 'group'>;

export interface Durations {
  /**
   * Milliseconds: the median of the last five times of the stage, else of all that is known of the members of its group;
   * undefined where nothing is.
   */
  readonly of: (stage: Addressed) => number | undefined;
  /** Milliseconds of the last time that this very stage ran. */
  readonly last: (stage: Addressed) => number | undefined;
}

/** Stage (as seen from the root) to its last durations, the newest last. */
type Known = ReadonlyMap<string, readonly number[]>;

const KEPT_PER_STAGE = 5;
/** Of stages that are in no run any more the oldest go. */
const KEPT_STAGES = 20_000;

export function readDurations(fs: FileSystem, state: string): Durations {
  return durationsFrom(readKnown(fs, state));
}

export function durationsFrom(known: Known): Durations {
  let groups: ReadonlyMap<string, number> | undefined;
  return {
    of: (stage) => {
      const own = known.get(stage.id);
      const group = groupIdOf(stage);
      if (own !== undefined) return median(own);
      return group === undefined ? undefined : (groups ??= mediansOfGroups(known)).get(group);
    },
    last: ({ id }) => known.get(id)?.at(-1),
  };
}

/** Takes in the stages that ran. */
export function rememberDurations(fs: FileSystem, state: string, record: RunRecord): void {
  const known = new Map(readKnown(fs, state));
  for (const { name, outcome, durationMs } of record.stages) {
    if (outcome !== 'ran' || durationMs === undefined) continue;
    const all = [...(known.get(name) ?? []), durationMs].slice(-KEPT_PER_STAGE);
    known.delete(name);
    known.set(name, all);
  }
  try {
    replaceFile(fs, pathIn(state), JSON.stringify([...known].slice(-KEPT_STAGES)));
  } catch (error) {
    // A full disk: the forecast stays as it was.
    if (!isSystemError(error)) throw error;
  }
}

/** The group's address as seen from the root. */
export const groupIdOf = ({ id, name, group }: Addressed): string | undefined =>
  group === undefined ? undefined : id.slice(0, id.length - (name.length - group.length));

const pathIn = (state: string): string => join(state, 'durations');

function readKnown(fs: FileSystem, state: string): Known {
  const path = pathIn(state);
  if (fs.stat(path)?.kind !== 'file') return new Map();
  try {
    return new Map(JSON.parse(fs.readFile(path).toString('utf8')) as readonly [string, number[]][]);
  } catch (error) {
    // What a power cut left of it.
    if (error instanceof SyntaxError || error instanceof TypeError) return new Map();
    throw error;
  }
}

function mediansOfGroups(known: Known): ReadonlyMap<string, number> {
  const all = new Map<string, number[]>();
  for (const [name, durations] of known) {
    const at = name.indexOf('@');
    if (at === -1) continue;
    const group = all.get(name.slice(0, at));
    if (group === undefined) all.set(name.slice(0, at), [...durations]);
    else group.push(...durations);
  }
  return new Map([...all].map(([group, durations]) => [group, median(durations)]));
}

/** @param values Not empty. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
