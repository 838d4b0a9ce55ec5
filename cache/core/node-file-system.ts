/**
 * The FileSystem port on `node:fs`.
 *
 * @module
 */

import {
  appendFileSync,
  type BigIntStats,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  type Dirent,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { copySmall } from './copy-small.ts';
import type { FileStat, FileSystem } from './file-system.ts';
import { hashFile } from './hash-file.ts';
import { hashFiles } from './parallel-hash/index.ts';
import { isErrno } from './system-error.ts';
import { temporaryName } from './temporary-name.ts';

/** Loads a built-in module when it is first needed: these cost milliseconds that most runs need not spend. */
const load = createRequire(import.meta.url);

let temporaryCount = 0;

export const nodeFileSystem: FileSystem = {
  lstat: (path) => statWith(lstatSync, path),
  stat: (path) => statWith(statSync, path),
  readFile: (path) => readFileSync(path),
  hashFile: (path) => hashFile(path),
  hashFiles,
  readDirectory: (path) =>
    readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
  createFile: (path, bytes, mode) => {
    writeFileSync(path, bytes, { flag: 'wx', mode });
  },
  appendFile: (path, bytes) => {
    appendFileSync(path, bytes);
  },
  copyFile: (from, to) => {
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  },
  copySmall: (from, to, mode) => {
    const copy = copySmall(from, to, mode);
    return copy && { digest: copy.digest, stat: toFileStat(copy.stats) };
  },
  reflink: (from, to) => {
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
  },
  hardLink: (from, to) => {
    linkSync(from, to);
  },
  symbolicLink: (to, path) => {
    symlinkSync(to, path);
  },
  rename: renameSync,
  remove,
  makeDirectory: (path) => {
    mkdirSync(path, { recursive: true });
  },
  chmod: chmodSync,
  readLink: (path) => readlinkSync(path),
  realPath: (path) => realpathSync(path),
  sync: (path) => {
    const descriptor = openSync(path, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
  syncAll: (path) => {
    const { spawnSync } = load('node:child_process') as typeof import('node:child_process');
    return spawnSync('sync', ['-f', path], { stdio: 'ignore' }).status === 0;
  },
  temporaryPath: (directory) => {
    temporaryCount += 1;
    const unique = [processId(), nowMs(), temporaryCount].map((part) => part.toString(36)).join('-');
    return join(directory, temporaryName(unique));
  },
  clockNs: () => BigInt(nowMs()) * 1_000_000n,
  sleep: (milliseconds) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
};

// eslint-disable-next-line no-restricted-properties -- this is the clock behind the port
const nowMs = (): number => Date.now();

// eslint-disable-next-line no-restricted-globals -- what makes a temporary name ours is known to the process alone
const processId = (): number => process.pid;

type StatFunction = (
  path: string,
  options: { bigint: true; throwIfNoEntry: false },
) => BigIntStats | undefined;

function statWith(read: StatFunction, path: string): FileStat | undefined {
  let stats: BigIntStats | undefined;
  try {
    stats = read(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (isErrno(error, 'ENOTDIR') || isErrno(error, 'ELOOP')) return undefined;
    throw error;
  }
  return stats && toFileStat(stats);
}

const toFileStat = (stats: BigIntStats): FileStat => ({
  kind: kindOf(stats),
  inode: stats.ino,
  sizeBytes: Number(stats.size),
  mtimeNs: stats.mtimeNs,
  ctimeNs: stats.ctimeNs,
  mode: Number(stats.mode) & 0o7777,
  linkCount: Number(stats.nlink),
});

function kindOf(entry: BigIntStats | Dirent): FileStat['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return;
    if (!isErrno(error, 'EISDIR') && !isErrno(error, 'EPERM')) throw error;
    rmSync(path, { recursive: true, force: true });
  }
}
