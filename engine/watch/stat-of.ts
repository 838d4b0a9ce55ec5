/**
 * A look at a path that may be anything by now.
 *
 * @module
 */

import { type FileStat, type FileSystem, isErrno } from '../../cache/index.ts';

/** @returns Undefined where there is nothing, or nothing that can be reached. */
export function statOf(fs: FileSystem, path: string, how: 'stat' | 'lstat' = 'stat'): FileStat | undefined {
  try {
    return fs[how](path);
  } catch (error) {
    // A file where a directory was, links in a circle, a directory that may not be entered.
    if (['ENOTDIR', 'ELOOP', 'EACCES'].some((code) => isErrno(error, code))) return undefined;
    throw error;
  }
}
