/**
 * Copies of small files: read into memory, hashed there, and written.
 *
 * Of a file of some bytes nearly all of the cost is that of its system calls, so that what matters is how few they are.
 *
 * @module
 */

import { hash } from 'node:crypto';
import { type BigIntStats, closeSync, fchmodSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { asDigest, type Digest } from './digest.ts';
import { withPath } from './system-error.ts';

/** Larger files are copied by the kernel. */
const SMALL_BYTES = 1 << 18;
let buffer: Buffer | undefined;

/**
 * @param to Must not exist. What was begun of it when this throws is left to the caller.
 * @param mode Of the copy, whatever the umask says.
 * @returns The digest of what was read and written, and the stat of the copy; undefined if the file is too large: then
 *   nothing is made.
 */
export function copySmall(
  from: string,
  to: string,
  mode: number,
): { readonly digest: Digest; readonly stats: BigIntStats } | undefined {
  const bytes = readSmall(from);
  if (bytes === undefined) return undefined;
  const descriptor = openSync(to, 'wx', mode);
  try {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(descriptor, bytes, written, bytes.length - written);
    }
    let stats = fstatSync(descriptor, { bigint: true });
    if ((Number(stats.mode) & 0o7777) !== mode) {
      fchmodSync(descriptor, mode);
      stats = fstatSync(descriptor, { bigint: true });
    }
    return { digest: asDigest(hash('md5', bytes)), stats };
  } catch (error) {
    throw withPath(error, to);
  } finally {
    closeSync(descriptor);
  }
}

/** Valid until the next call. */
function readSmall(path: string): Buffer | undefined {
  buffer ??= Buffer.allocUnsafeSlow(SMALL_BYTES + 1);
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += count;
      if (length > SMALL_BYTES) return undefined;
      if (count === 0) return buffer.subarray(0, length);
    }
  } catch (error) {
    throw withPath(error, path);
  } finally {
    closeSync(descriptor);
  }
}
