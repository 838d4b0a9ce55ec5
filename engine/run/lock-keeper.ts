/**
 * Keeps the lock while a run goes on: a record reaches the journal at once, the file within a second and at the end.
 * Without a record a lock stays as it is, however it is formatted, unless it is ours and out of order. A `.dvc` file is its
 * own record, written at once.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem, isSystemError, writeFileAtomic } from '../../cache/index.ts';
import type { StageGraph } from '../graph/index.ts';
import {
  type Journal,
  type LockEntry,
  type Lockfile,
  type ProjectLock,
  renderLock,
  withRecords,
} from '../lockfile/index.ts';
import type { Project } from '../project/index.ts';
import { recordSource } from '../sources/index.ts';
import type { ResolvedStage } from '../template/index.ts';

const FLUSH_AFTER_MS = 1000;

export interface LockKeeper {
  /** @param stage Its name. */
  readonly get: (stage: string) => LockEntry | undefined;
  readonly record: (stage: ResolvedStage, entry: LockEntry) => void;
  readonly flush: () => void;
}

export interface LockKeeperOptions {
  readonly fs: FileSystem;
  readonly project: Project;
  readonly journal: Journal;
  readonly lock: ProjectLock;
  readonly graph: StageGraph;
}

/** One lock of the project. */
interface OpenLock {
  readonly path: string;
  readonly before: Lockfile;
  /** By the names that it has in the lock. */
  readonly records: Map<string, LockEntry>;
  text: string | undefined;
}

export function openLockKeeper(options: LockKeeperOptions): LockKeeper {
  const { fs, project, journal } = options;
  const entries = new Map(options.lock.entries);
  const locks = new Map(
    [...options.lock.files].map(([path, lock]): readonly [string, OpenLock] => [
      path,
      { path, before: lock, records: new Map(), text: lock.text },
    ]),
  );
  for (const { path, text } of locks.values()) journal.based(path, text);
  let timer: NodeJS.Timeout | undefined;
  const flushOne = (lock: OpenLock, order: readonly string[]): void => {
    const { before, records, path } = lock;
    if (project.dialect === 'dvc' && records.size === 0) return;
    const next =
      project.dialect === 'dvc'
        ? withRecords(before, inOrder(records, order), project.paramsName)
        : arranged(before, records, order, project.paramsName);
    if (next === undefined || next === lock.text) return;
    journal.based(path, next);
    writeFileAtomic(fs, join(project.root, path), next);
    lock.text = next;
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const lock of locks.values()) flushOne(lock, orderIn(lock.path, options.graph));
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
      entries.set(stage.name, entry);
      if (stage.file.kind === 'source') {
        recordSource(fs, project.root, stage.file.path, entry);
        return;
      }
      journal.recorded(stage.file.lock, stage.localName, entry);
      locks.get(stage.file.lock)!.records.set(stage.localName, entry);
      timer ??= setTimeout(flushInPassing, FLUSH_AFTER_MS);
    },
    flush,
  };
}

/** Where no stage ran: puts a lock of ours in plan order, which a recovery or an edit of the manifest may have left. */
export function arrangeLock(
  fs: FileSystem,
  project: Project,
  { lock, graph }: Pick<LockKeeperOptions, 'lock' | 'graph'>,
): void {
  if (project.dialect === 'dvc') return;
  for (const [path, before] of lock.files) {
    const text = arranged(before, new Map(), orderIn(path, graph), project.paramsName);
    if (text !== undefined) writeFileAtomic(fs, join(project.root, path), text);
  }
}

/** The names of a lock's stages, in plan order. */
const orderIn = (lock: string, { order, stages }: StageGraph): readonly string[] =>
  order.flatMap((name) => {
    const { file, localName } = stages.get(name)!;
    return file.lock === lock ? [localName] : [];
  });

/** @returns Undefined where nothing was recorded and all is in order: the file stays as it is formatted. */
function arranged(
  { entries }: Lockfile,
  records: ReadonlyMap<string, LockEntry>,
  order: readonly string[],
  paramsName: string,
): string | undefined {
  const wanted = inOrder(new Map([...entries, ...records]), order);
  return records.size === 0 && isInOrder(entries, wanted) ? undefined : renderLock(wanted, paramsName);
}

function isInOrder(
  entries: ReadonlyMap<string, LockEntry>,
  arranged: ReadonlyMap<string, LockEntry>,
): boolean {
  const names = [...arranged.keys()];
  return names.length === entries.size && [...entries.keys()].every((name, i) => name === names[i]);
}

/** Stages that are gone go too. */
const inOrder = (
  entries: ReadonlyMap<string, LockEntry>,
  order: readonly string[],
): ReadonlyMap<string, LockEntry> =>
  new Map(order.flatMap((name) => (entries.has(name) ? [[name, entries.get(name)!]] : [])));
