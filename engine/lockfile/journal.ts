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
  /** A lock's text has become this one. @param lock Its path relative to the root. */
  readonly based: (lock: string, text: string | undefined) => void;
  /** Before a stage's first process: between its start and `started`, nobody else knows its number. */
  readonly starting: (stage: string, engine: RunningGroup) => void;
  readonly started: (stage: string, group: RunningGroup) => void;
  /** @param stage As the lock calls it. */
  readonly recorded: (lock: string, stage: string, entry: LockEntry) => void;
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
  /** Lock to the entries that it lacks. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, LockEntry>>;
}

type Line =
  | { readonly kind: 'based'; readonly lock: string; readonly text: string }
  | { readonly kind: 'starting'; readonly stage: string; readonly pid: number; readonly startTime: string }
  | { readonly kind: 'started'; readonly stage: string; readonly pid: number; readonly startTime: string }
  | { readonly kind: 'recorded'; readonly lock: string; readonly stage: string; readonly entry: string }
  | { readonly kind: 'ended'; readonly stage: string };

export function openJournal(fs: FileSystem, path: string): Journal {
  const append = (line: Line): void => {
    fs.appendFile(path, `${JSON.stringify(line)}\n`);
  };
  return {
    based: (lock, text) => {
      append({ kind: 'based', lock, text: textId(text) });
    },
    starting: (stage, engine) => {
      append({ kind: 'starting', stage, ...engine });
    },
    started: (stage, group) => {
      append({ kind: 'started', stage, ...group });
    },
    recorded: (lock, stage, entry) => {
      append({ kind: 'recorded', lock, stage, entry: stringifyYaml(entryToValue(entry, '')) });
    },
    ended: (stage) => {
      append({ kind: 'ended', stage });
    },
    close: () => {
      fs.remove(path);
    },
  };
}

/**
 * @param textOf The text of a lock now.
 * @returns Undefined where the last run ended in order.
 */
export function readJournal(
  fs: FileSystem,
  path: string,
  textOf: (lock: string) => string | undefined,
): Recovery | undefined {
  if (fs.lstat(path) === undefined) return undefined;
  const unfinished = new Map<string, UnfinishedStage>();
  const groups = new Map<string, RunningGroup>();
  const bases = new Set<string>();
  const records = new Map<string, Map<string, LockEntry>>();
  for (const line of fs.readFile(path).toString('utf8').split('\n')) {
    const parsed = parseLine(line);
    if (parsed?.kind === 'based') bases.add(`${parsed.text} ${parsed.lock}`);
    if (parsed?.kind === 'starting') unfinished.set(parsed.stage, { stage: parsed.stage, engine: parsed });
    if (parsed?.kind === 'started') groups.set(parsed.stage, parsed);
    if (parsed?.kind === 'ended') {
      unfinished.delete(parsed.stage);
      groups.delete(parsed.stage);
    }
    if (parsed?.kind === 'recorded') {
      const entry = entryFromValue(parseYamlValue(parsed.entry));
      const known = records.get(parsed.lock) ?? new Map<string, LockEntry>();
      if (entry !== undefined) records.set(parsed.lock, known.set(parsed.stage, entry));
    }
  }
  return {
    unfinished: [...unfinished.values()],
    groups: [...groups.values()],
    records: new Map([...records].filter(([lock]) => bases.has(`${textId(textOf(lock))} ${lock}`))),
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

const textId = (text: string | undefined): string =>
  text === undefined ? 'none' : createHash('sha256').update(text).digest('hex');
