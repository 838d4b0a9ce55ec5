/**
 * Atomic write: readers see the old bytes or the new ones, also after a crash.
 *
 * @module
 */

import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';

/**
 * Replaces `path`: beside it a file is written, synced and renamed to it, then the directory is synced. The parent
 * directory is made where it is missing. A failure leaves the old file and nothing beside it.
 */
export function writeFileAtomic(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array | string,
  mode = 0o644,
): void {
  replace(fs, path, bytes, { mode, isSynced: true });
  fs.sync(dirname(path));
}

/**
 * The same without syncing the directory: after a power failure the old file may be back, but none is torn. For what
 * can be lost, but must be right where it is there.
 */
export function writeFileWhole(fs: FileSystem, path: string, bytes: Uint8Array | string): void {
  replace(fs, path, bytes, { mode: 0o644, isSynced: true });
}

/**
 * The same without syncing anything: after a power failure the file may be empty or torn. Only for what carries its own
 * checksum and can be made again.
 */
export function replaceFile(fs: FileSystem, path: string, bytes: Uint8Array | string): void {
  replace(fs, path, bytes, { mode: 0o644, isSynced: false });
}

function replace(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array | string,
  { mode, isSynced }: { readonly mode: number; readonly isSynced: boolean },
): void {
  const directory = dirname(path);
  fs.makeDirectory(directory);
  const temporary = fs.temporaryPath(directory);
  try {
    fs.createFile(temporary, bytes, mode);
    if (isSynced) fs.sync(temporary);
    fs.rename(temporary, path);
  } catch (error) {
    fs.remove(temporary);
    throw error;
  }
}
