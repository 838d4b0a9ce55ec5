/**
 * A temporary directory with files in it, for tests of the cache.
 *
 * @module
 */

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type FileSystem,
  type LinkType,
  nodeFileSystem,
  openObjectStore,
  openStatMemo,
} from '../../cache/index.ts';

/** Runs `body` in a directory of its own, without links in its path; it is removed afterwards. */
export function inDirectory<T>(body: (root: string) => T): T {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dvc-like-cache-')));
  try {
    return body(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Relative path to content. */
export function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

/** Relative path to text of all regular files below, sorted; links and empty directories are marked as such. */
export function readFiles(root: string): Record<string, string> {
  const found: [string, string][] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (entry.isSymbolicLink()) found.push([name, '(link)']);
    else if (!entry.isDirectory()) found.push([name, readFileSync(path, 'utf8')]);
    else if (readdirSync(path).length === 0) found.push([`${name}/`, '(empty)']);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A store and a memo below `root`. */
export function openStore(
  root: string,
  fs: FileSystem = nodeFileSystem,
  linkTypes: readonly LinkType[] = ['reflink', 'copy'],
) {
  const memo = openStatMemo(fs, join(root, 'memo'));
  const corrupt: string[] = [];
  const directory = join(root, 'store/files/md5');
  const store = openObjectStore({
    fs,
    directory,
    memo,
    linkTypes,
    onCorrupt: (digest) => corrupt.push(digest),
  });
  return { store, memo, corrupt, directory };
}

/** Spoils an object without changing its size. */
export function corruptObject(directory: string, digest: string): void {
  const path = join(directory, digest.slice(0, 2), digest.slice(2));
  const bytes = readFileSync(path);
  bytes[0] = bytes[0]! ^ 1;
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
  chmodSync(path, 0o444);
}
