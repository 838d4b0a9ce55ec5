/**
 * Makes files of the workspace stand for themselves: what leads to an object, or shares an inode with one, becomes a
 * copy that may be written to.
 *
 * @module
 */

import { dirname, join } from 'node:path';
import type { FileSystem } from '../core/index.ts';
import { isExecutable } from '../hash/index.ts';

/**
 * @param path A file, a directory with all in it, or nothing. Links to directories inside it are left alone.
 * @param dangling What becomes of links that lead nowhere: who writes to one would make a file in the cache.
 * @throws {Error} The operating system's: `ENOENT` for a link that leads nowhere.
 */
export function unprotect(fs: FileSystem, path: string, dangling: 'throw' | 'remove' = 'throw'): void {
  const entry = fs.lstat(path);
  if (entry?.kind === 'directory') {
    for (const { name } of fs.readDirectory(path)) unprotect(fs, join(path, name), dangling);
    return;
  }
  const file = entry?.kind === 'symlink' ? fs.stat(path) : entry;
  if (entry?.kind === 'symlink' && file === undefined && dangling === 'remove') {
    fs.remove(path);
    return;
  }
  if (entry === undefined || (file !== undefined && file.kind !== 'file')) return;
  const mode = file !== undefined && isExecutable(file) ? 0o744 : 0o644;
  if (entry.kind === 'file' && entry.linkCount === 1) {
    if ((entry.mode & 0o200) === 0) fs.chmod(path, mode);
    return;
  }
  const copy = fs.temporaryPath(dirname(path));
  try {
    fs.copyFile(path, copy);
    fs.chmod(copy, mode);
    fs.rename(copy, path);
  } finally {
    fs.remove(copy);
  }
}
