/**
 * Keeps the lock while a run goes on: a record reaches the journal at once, the file within a second and at the end.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem } from '../../cache/index.ts';
import { type Journal, type LockEntry, renderLock, writeLock } from '../lockfile/index.ts';
import type { Project } from '../project/index.ts';

const FLUSH_AFTER_MS = 1000;

export interface LockKeeper {
  readonly get: (stage: string) => LockEntry | undefined;
  readonly record: (stage: string, entry: LockEntry) => void;
  readonly flush: () => void;
}

export interface LockKeeperOptions {
  readonly fs: FileSystem;
  readonly project: Project;
  readonly journal: Journal;
  /** As read, in the file's order. */
  readonly entries: ReadonlyMap<string, LockEntry>;
  readonly text: string | undefined;
  /** All stages in plan order. */
  readonly order: readonly string[];
}

export function openLockKeeper(options: LockKeeperOptions): LockKeeper {
  const { fs, project, journal, order } = options;
  const entries = new Map(options.entries);
  let text = options.text;
  let timer: NodeJS.Timeout | undefined;
  journal.based(text);
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const arranged =
      project.dialect === 'native'
        ? inPlanOrder(entries, order)
        : inDvcOrder(options.entries, entries, order);
    journal.based(renderLock(arranged, project.paramsName));
    text = writeLock(fs, join(project.root, project.lockName), text, arranged, project.paramsName);
  };
  return {
    get: (stage) => entries.get(stage),
    record: (stage, entry) => {
      journal.recorded(stage, entry);
      entries.set(stage, entry);
      timer ??= setTimeout(flush, FLUSH_AFTER_MS);
    },
    flush,
  };
}

/** Stages that are gone go from the lock too. */
function inPlanOrder(
  entries: ReadonlyMap<string, LockEntry>,
  order: readonly string[],
): ReadonlyMap<string, LockEntry> {
  return new Map(order.flatMap((name) => (entries.has(name) ? [[name, entries.get(name)!]] : [])));
}

/** Known stages keep their place, gone ones too; new ones come behind, in plan order. */
function inDvcOrder(
  before: ReadonlyMap<string, LockEntry>,
  entries: ReadonlyMap<string, LockEntry>,
  order: readonly string[],
): ReadonlyMap<string, LockEntry> {
  const known = [...before.keys()].map((name) => [name, entries.get(name)!] as const);
  const added = order.flatMap((name) =>
    !before.has(name) && entries.has(name) ? [[name, entries.get(name)!] as const] : [],
  );
  return new Map([...known, ...added]);
}
