/**
 * Keeps the lock while a run goes on: a record reaches the journal at once, the file within a second and at the end.
 * Without a record the file stays as it is, however it is formatted, unless it is ours and out of order.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem, isSystemError, writeFileAtomic } from '../../cache/index.ts';
import { type Journal, type LockEntry, type Lockfile, renderLock } from '../lockfile/index.ts';
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
  let hasRecorded = false;
  journal.based(text);
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const arranged =
      project.dialect === 'native'
        ? inPlanOrder(entries, order)
        : inDvcOrder(options.entries, entries, order);
    if (!hasRecorded && isInOrder(options.entries, arranged)) return;
    const next = renderLock(arranged, project.paramsName);
    if (next === text) return;
    journal.based(next);
    writeFileAtomic(fs, join(project.root, project.lockName), next);
    text = next;
  };
  const flushInPassing = (): void => {
    try {
      flush();
    } catch (error) {
      // The journal has all of it; the flush at the end tries again, and its error is told.
      if (!isSystemError(error)) throw error;
    }
  };
  return {
    get: (stage) => entries.get(stage),
    record: (stage, entry) => {
      journal.recorded(stage, entry);
      entries.set(stage, entry);
      hasRecorded = true;
      timer ??= setTimeout(flushInPassing, FLUSH_AFTER_MS);
    },
    flush,
  };
}

/** Where no stage ran: puts a lock of ours in plan order, which a recovery or an edit of the manifest may have left. */
export function arrangeLock(
  fs: FileSystem,
  project: Project,
  lock: Lockfile,
  order: readonly string[],
): void {
  if (project.dialect === 'dvc') return;
  const arranged = inPlanOrder(lock.entries, order);
  if (isInOrder(lock.entries, arranged)) return;
  writeFileAtomic(fs, join(project.root, project.lockName), renderLock(arranged, project.paramsName));
}

function isInOrder(
  entries: ReadonlyMap<string, LockEntry>,
  arranged: ReadonlyMap<string, LockEntry>,
): boolean {
  const names = [...arranged.keys()];
  return names.length === entries.size && [...entries.keys()].every((name, i) => name === names[i]);
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
