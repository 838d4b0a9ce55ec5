/**
 * DVC's read-write lock of paths: `.dvc/tmp/rwlock`, JSON that says which process reads and which one writes what,
 * edited under an flock on `rwlock.lock`.
 *
 * DVC releases the repository lock while a command runs, and this is what guards the command's deps and outs then. New
 * entries are made under the repository lock only: who has that finds all that there will be.
 *
 * @module
 */

import { join } from 'node:path';
import { err, type FileSystem, ok, type Result, replaceFile } from '../../cache/index.ts';
import type { Clock, Diagnostic, SourceFile } from '../core/index.ts';
import { lockRepository } from '../project/index.ts';
import { hasProcess } from './executors/index.ts';

/** What a stage reads and writes, absolute. */
export interface StagePaths {
  readonly stage: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Another process that has to be waited for. */
export interface Holder {
  readonly stage: string;
  /** Of the stage. */
  readonly path: string;
  readonly pid: number;
  readonly cmd: string;
}

export type Taken =
  | { readonly kind: 'taken'; readonly release: () => Promise<void> }
  | { readonly kind: 'held'; readonly by: Holder };

export interface RwLock {
  /** Guards the paths until they are released, unless another living process reads or writes them. */
  readonly take: (stages: readonly StagePaths[]) => Promise<Result<Taken, Diagnostic>>;
  /** Who has to be waited for now. Looks without the flock: what cannot be read is being written. */
  readonly holderOf: (stages: readonly StagePaths[]) => Holder | undefined;
}

export interface RwLockOptions {
  readonly fs: FileSystem;
  /** Absolute. */
  readonly root: string;
  /** `<home>/tmp`, absolute. */
  readonly directory: string;
  readonly clock: Clock;
  /** Ours. */
  readonly pid: number;
  /** Ours: what others are told. */
  readonly cmd: string;
  /** An entry of a process that is gone was removed. */
  readonly onDead: (pid: number, cmd: string) => void;
}

interface Info {
  readonly pid: number;
  readonly cmd: string;
}

interface Entries {
  readonly write: Map<string, Info>;
  readonly read: Map<string, readonly Info[]>;
}

const GUARD_WAIT_MS = 3000;

export function openRwLock(options: RwLockOptions): RwLock {
  const { fs, root, directory, pid, cmd } = options;
  const path = join(directory, 'rwlock');
  const load = (): Result<Entries, Diagnostic> => readEntries(fs, path, root);

  const edit = async <T>(change: (entries: Entries) => T): Promise<Result<T, Diagnostic>> => {
    const guard = await lockRepository(`${path}.lock`, {
      waitMs: GUARD_WAIT_MS,
      clock: options.clock,
      pid,
      onWait: () => undefined,
    });
    if (!guard.ok) return guard;
    try {
      const entries = load();
      if (!entries.ok) return entries;
      const result = change(entries.value);
      replaceFile(fs, path, textOf(entries.value));
      return ok(result);
    } finally {
      guard.value.release();
    }
  };

  const release = async (stages: readonly StagePaths[]): Promise<void> => {
    await edit((entries) => {
      for (const { reads, writes } of stages) {
        for (const each of writes) if (entries.write.get(each)?.pid === pid) entries.write.delete(each);
        for (const each of reads) setReaders(entries, each, without(entries.read.get(each), pid));
      }
    });
  };

  return {
    take: (stages) =>
      edit((entries): Taken => {
        for (const dead of removeDead(entries)) options.onDead(dead.pid, dead.cmd);
        const by = findHolder(entries, stages, pid);
        if (by !== undefined) return { kind: 'held', by };
        const info = { pid, cmd };
        for (const { reads, writes } of stages) {
          for (const each of writes) entries.write.set(each, info);
          for (const each of reads)
            setReaders(entries, each, [...without(entries.read.get(each), pid), info]);
        }
        return { kind: 'taken', release: () => release(stages) };
      }),
    holderOf: (stages) => {
      const entries = load();
      return entries.ok ? findHolder(entries.value, stages, pid) : undefined;
    },
  };
}

const without = (readers: readonly Info[] | undefined, pid: number): readonly Info[] =>
  (readers ?? []).filter((reader) => reader.pid !== pid);

function setReaders(entries: Entries, path: string, readers: readonly Info[]): void {
  if (readers.length === 0) entries.read.delete(path);
  else entries.read.set(path, readers);
}

/** Of processes that were killed. Each of them once. */
function removeDead({ write, read }: Entries): readonly Info[] {
  const dead = new Map<number, Info>();
  const isAlive = (info: Info): boolean => {
    if (!dead.has(info.pid) && hasProcess(info.pid)) return true;
    dead.set(info.pid, info);
    return false;
  };
  for (const [path, writer] of [...write]) if (!isAlive(writer)) write.delete(path);
  for (const [path, readers] of [...read]) setReaders({ write, read }, path, readers.filter(isAlive));
  return [...dead.values()];
}

/** What is written by another may be neither read nor written, what is read by another not written. */
function findHolder(entries: Entries, stages: readonly StagePaths[], pid: number): Holder | undefined {
  const others = (infos: readonly Info[]): Info | undefined =>
    infos.find((info) => info.pid !== pid && hasProcess(info.pid));
  const held = [
    ...[...entries.write].map(([path, info]) => ({ path, by: others([info]), isWritten: true })),
    ...[...entries.read].map(([path, infos]) => ({ path, by: others(infos), isWritten: false })),
  ];
  for (const { path, by, isWritten } of held) {
    if (by === undefined) continue;
    for (const { stage, reads, writes } of stages) {
      const wanted = isWritten ? [...writes, ...reads] : writes;
      const own = wanted.find((each) => overlap(each, path));
      if (own !== undefined) return { stage, path: own, pid: by.pid, cmd: by.cmd };
    }
  }
  return undefined;
}

const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

const textOf = ({ write, read }: Entries): string =>
  JSON.stringify({
    ...(write.size > 0 && { write: Object.fromEntries(write) }),
    ...(read.size > 0 && { read: Object.fromEntries(read) }),
  });

function readEntries(fs: FileSystem, path: string, root: string): Result<Entries, Diagnostic> {
  if (fs.stat(path) === undefined) return ok({ write: new Map(), read: new Map() });
  const text = fs.readFile(path).toString('utf8');
  const file = { path: path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path, text };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return err(damaged(file, 'it is not JSON'));
    throw error;
  }
  if (!isMapping(json)) return err(damaged(file, 'it is no mapping'));
  const { write = {}, read = {}, ...others } = json;
  const unknownKey = Object.keys(others)[0];
  if (unknownKey !== undefined) return err(damaged(file, `it has the key "${unknownKey}"`));
  const isRead =
    isMapping(read) && Object.values(read).every((each) => Array.isArray(each) && each.every(isInfo));
  const isWrite = isMapping(write) && Object.values(write).every(isInfo);
  if (!isRead || !isWrite) return err(damaged(file, 'an entry is not a process with its "pid" and "cmd"'));
  return ok({
    write: new Map(Object.entries(write as Readonly<Record<string, Info>>)),
    read: new Map(Object.entries(read as Readonly<Record<string, readonly Info[]>>)),
  });
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isInfo = (value: unknown): value is Info =>
  isMapping(value) && Number.isInteger(value['pid']) && typeof value['cmd'] === 'string';

const damaged = (file: SourceFile, reason: string): Diagnostic => ({
  code: 'E_INVALID_RWLOCK',
  message: `The list of paths that are in use is damaged: ${reason}`,
  place: { file, range: { start: 0, end: file.text.length } },
  hint: 'when no other command works in this repository, remove the file',
});

/** Of one that was not waited for any longer. */
export const stageHeld = ({ stage, path, pid, cmd }: Holder): Diagnostic => ({
  code: 'E_STAGE_HELD',
  message: `Stage "${stage}" has to wait: process ${pid} (${cmd}) works with "${path}"`,
  hint: 'wait for it to end, or pass --wait',
});
