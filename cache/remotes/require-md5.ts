/**
 * The check of a file on its way to a remote.
 *
 * @module
 */

import type { LocalFile } from './remote.ts';
import { RemoteError } from './remote-error.ts';

/** @throws {RemoteError} If the file was to have another content than this. */
export function requireMd5(file: LocalFile, md5: string): void {
  if (file.md5 === undefined || file.md5 === md5) return;
  throw new RemoteError('damaged', `"${file.path}" is damaged: its MD5 is ${md5}, not ${file.md5}`);
}
