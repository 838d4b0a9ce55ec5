/**
 * When files are copied through memory: when they are many, and the file system cannot share their blocks.
 *
 * @module
 */

import { type FileSystem, isSystemError } from '../core/index.ts';

/** Fewer are copied by the kernel: nothing is to be gained, and reading back what was written is one check more. */
const MANY = 100;

/**
 * @param sources Files that are to be copied.
 * @param directory Where to.
 */
export function isWorthMemory(fs: FileSystem, sources: readonly string[], directory: string): boolean {
  if (sources.length < MANY) return false;
  const probe = fs.temporaryPath(directory);
  try {
    fs.reflink(sources[0]!, probe);
    return false;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return true;
  } finally {
    fs.remove(probe);
  }
}
