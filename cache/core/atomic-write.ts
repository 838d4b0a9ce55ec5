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
  const directory = dirname(path);
  fs.makeDirectory(directory);
  const temporary = fs.temporaryPath(directory);
  try {
    fs.createFile(temporary, bytes, mode);
    fs.sync(temporary);
    fs.rename(temporary, path);
  } catch (error) {
    fs.remove(temporary);
    throw error;
  }
  fs.sync(directory);
}

/**
 * The same without syncing: after a power failure the file may be empty or torn. Only for what carries its own
 * checksum and can be made again.
 */
export function replaceFile(fs: FileSystem, path: string, bytes: Uint8Array | string): void {
  const directory = dirname(path);
  fs.makeDirectory(directory);
  const temporary = fs.temporaryPath(directory);
  try {
    fs.createFile(temporary, bytes, 0o644);
    fs.rename(temporary, path);
  } catch (error) {
    fs.remove(temporary);
    throw error;
  }
}
