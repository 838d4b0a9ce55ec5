/**
 * The journal: what a run has started and finished, since the lock was last written.
 *
 * One JSON document a line; a torn last line is what a crash leaves, and is dropped. It outlives a killed engine without
 * being synced; a power cut may cost its last lines, which the run cache makes up for. The journal is there only while a run is under way: a later run that finds one is a recovery.
 *
 * Records hold for the lock on which the run was based. If the lock has changed since (a checkout of another commit),
 * they are dropped; the run cache still has what they made.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { type FileSystem, parseYamlValue, stringifyYaml } from '../../cache/index.ts';
import { entryFromValue, entryToValue, type LockEntry } from './lock-entry.ts';

/** A process group that a run started: its leader's pid and start time (clock ticks since boot). */
export interface RunningGroup {
  readonly pid: number;
  readonly startTime: string;
}

export interface Journal {
  /** The lock's text has become this one. */
  readonly based: (lockText: string | undefined) => void;
  /** Before a stage's first process: between its start and `started`, nobody else knows its number. */
  readonly starting: (stage: string, engine: RunningGroup) => void;
  readonly started: (stage: string, group: RunningGroup) => void;
  readonly recorded: (stage: string, entry: LockEntry) => void;
  readonly ended: (stage: string) => void;
  /** The lock holds everything: nothing is left to recover. */
  readonly close: () => void;
}

/** A stage that was not over. It may have a process that is in no record: one that this engine had just started. */
export interface UnfinishedStage {
  readonly stage: string;
  readonly engine: RunningGroup;
}

export interface Recovery {
  readonly unfinished: readonly UnfinishedStage[];
  /** Process groups that may still be running. */
  readonly groups: readonly RunningGroup[];
  /** Entries that the lock of this text lacks. */
  readonly records: ReadonlyMap<string, LockEntry>;
}

type Line =
  | { readonly kind: 'based'; readonly lock: string }
  | { readonly kind: 'starting'; readonly stage: string; readonly pid: number; readonly startTime: string }
  | { readonly kind: 'started'; readonly stage: string; readonly pid: number; readonly startTime: string }
  | { readonly kind: 'recorded'; readonly stage: string; readonly entry: string }
  | { readonly kind: 'ended'; readonly stage: string };

export function openJournal(fs: FileSystem, path: string): Journal {
  const append = (line: Line): void => {
    fs.appendFile(path, `${JSON.stringify(line)}\n`);
  };
  return {
    based: (lockText) => {
      append({ kind: 'based', lock: lockId(lockText) });
    },
    starting: (stage, engine) => {
      append({ kind: 'starting', stage, ...engine });
    },
    started: (stage, group) => {
      append({ kind: 'started', stage, ...group });
    },
    recorded: (stage, entry) => {
      append({ kind: 'recorded', stage, entry: stringifyYaml(entryToValue(entry, '')) });
    },
    ended: (stage) => {
      append({ kind: 'ended', stage });
    },
    close: () => {
      fs.remove(path);
    },
  };
}

/** @returns Undefined where the last run ended in order. */
export function readJournal(
  fs: FileSystem,
  path: string,
  lockText: string | undefined,
): Recovery | undefined {
  if (fs.lstat(path) === undefined) return undefined;
  const unfinished = new Map<string, UnfinishedStage>();
  const groups = new Map<string, RunningGroup>();
  const bases = new Set<string>();
  const records = new Map<string, LockEntry>();
  for (const line of fs.readFile(path).toString('utf8').split('\n')) {
    const parsed = parseLine(line);
    if (parsed?.kind === 'based') bases.add(parsed.lock);
    if (parsed?.kind === 'starting') unfinished.set(parsed.stage, { stage: parsed.stage, engine: parsed });
    if (parsed?.kind === 'started') groups.set(parsed.stage, parsed);
    if (parsed?.kind === 'ended') {
      unfinished.delete(parsed.stage);
      groups.delete(parsed.stage);
    }
    if (parsed?.kind === 'recorded') {
      const entry = entryFromValue(parseYamlValue(parsed.entry));
      if (entry !== undefined) records.set(parsed.stage, entry);
    }
  }
  return {
    unfinished: [...unfinished.values()],
    groups: [...groups.values()],
    records: bases.has(lockId(lockText)) ? records : new Map(),
  };
}

function parseLine(line: string): Line | undefined {
  try {
    return JSON.parse(line) as Line;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const lockId = (text: string | undefined): string =>
  text === undefined ? 'none' : createHash('sha256').update(text).digest('hex');
