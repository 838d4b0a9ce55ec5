/**
 * A remote that is a directory: another disk, a share.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { createReadStream, type Dirent, type Stats } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isSystemError, isTemporaryName, temporaryName } from '../core/index.ts';
import type { LocalFile, Remote, RemoteFile } from './remote.ts';
import { RemoteError } from './remote-error.ts';
import { requireMd5 } from './require-md5.ts';

export interface DirectoryRemoteOptions {
  /** Absolute; made when something is stored. */
  readonly directory: string;
  /** Tells apart the files that several processes are writing: lower-case letters, digits and `-`. */
  readonly processName: string;
  /** The group may write, too. */
  readonly isShared?: boolean;
}

const PIECE_BYTES = 1 << 20;

export function openDirectoryRemote({
  directory,
  processName,
  isShared = false,
}: DirectoryRemoteOptions): Remote {
  let written = 0;
  const pathOf = (name: string): string => join(directory, name);
  const makeParent = async (path: string): Promise<void> => {
    const made = await mkdir(dirname(path), { recursive: true });
    if (isShared && made !== undefined) await shareDown(made, dirname(path));
  };
  return {
    url: directory,
    stat: (name, signal) =>
      explained(signal, async () => {
        const found = await statIfThere(pathOf(name));
        return found?.isFile() === true ? { name, sizeBytes: found.size } : undefined;
      }),
    list: (prefix, signal) => listBelow(directory, prefix, signal),
    read: (name, fromByte, signal) =>
      explained(signal, async () => {
        const found = await statIfThere(pathOf(name));
        if (found === undefined) throw new RemoteError('missing', `"${pathOf(name)}" is not there`);
        return pieces(pathOf(name), fromByte, signal);
      }),
    write: (name, file, signal) =>
      explained(signal, async () => {
        const target = pathOf(name);
        await makeParent(target);
        written += 1;
        const temporary = join(dirname(target), temporaryName(`${processName}-${written}`));
        try {
          await copyChecked(file, temporary, signal);
          await chmod(temporary, 0o444);
          await rename(temporary, target);
          await syncDirectory(dirname(target));
        } finally {
          await rm(temporary, { force: true });
        }
      }),
    remove: (name, signal) => explained(signal, () => rm(pathOf(name), { force: true })),
    close: () => undefined,
  };
}

async function copyChecked(file: LocalFile, to: string, signal: AbortSignal): Promise<void> {
  const hash = createHash('md5');
  const target = await open(to, 'wx', 0o644);
  try {
    for await (const bytes of createReadStream(file.path, { highWaterMark: PIECE_BYTES, signal })) {
      hash.update(bytes as Uint8Array);
      await target.write(bytes as Uint8Array);
    }
    requireMd5(file, hash.digest('hex'));
    await target.sync();
  } finally {
    await target.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Only what was made just now, up to the last of them. */
async function shareDown(first: string, last: string): Promise<void> {
  for (let path = last; path.length >= first.length; path = dirname(path)) await chmod(path, 0o2775);
}

async function* pieces(path: string, fromByte: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path, { start: fromByte, highWaterMark: PIECE_BYTES, signal });
  } catch (error) {
    throw explain(error, signal);
  }
}

async function* listBelow(directory: string, prefix: string, signal: AbortSignal): AsyncIterable<RemoteFile> {
  const top = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const waiting = [top];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const entries = await explained(signal, () => entriesOf(join(directory, at)));
    for (const entry of entries) {
      const name = `${at}${entry.name}`;
      if (!name.startsWith(prefix) && !prefix.startsWith(`${name}/`)) continue;
      if (entry.isDirectory()) waiting.push(`${name}/`);
      else if (!isTemporaryName(basename(name))) {
        const found = await explained(signal, () => statIfThere(join(directory, name)));
        if (found?.isFile() === true) yield { name, sizeBytes: found.size };
      }
    }
  }
}

const entriesOf = (path: string): Promise<readonly Dirent[]> =>
  readdir(path, { withFileTypes: true }).catch(noneWhereMissing([]));

const statIfThere = (path: string): Promise<Stats | undefined> =>
  stat(path).catch(noneWhereMissing(undefined));

const noneWhereMissing =
  <T>(none: T) =>
  (error: unknown): T => {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return none;
    throw error;
  };

async function explained<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw new RemoteError('cancelled', 'Cancelled');
  try {
    return await action();
  } catch (error) {
    throw explain(error, signal);
  }
}

function explain(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof RemoteError) return error;
  if (signal.aborted) return new RemoteError('cancelled', 'Cancelled', { cause: error });
  if (!isSystemError(error)) return error;
  const kind = error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS' ? 'denied' : 'io';
  return new RemoteError(kind, error.message, { cause: error });
}
