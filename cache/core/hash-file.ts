/**
 * MD5 of one file, read into one buffer that all calls share: streams are ten times slower on small files.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { asDigest } from './digest.ts';
import type { FileHash } from './file-system.ts';
import { isSystemError } from './system-error.ts';

const BUFFER_BYTES = 1 << 20;
let buffer: Buffer | undefined;

/** @param onPiece Called after each piece that was read. */
export function hashFile(path: string, onPiece?: () => void): FileHash {
  buffer ??= Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const hash = createHash('md5');
  let sizeBytes = 0;
  const descriptor = openSync(path, 'r');
  try {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, BUFFER_BYTES, null);
      if (count === 0) break;
      hash.update(count === BUFFER_BYTES ? buffer : buffer.subarray(0, count));
      sizeBytes += count;
      onPiece?.();
    }
  } catch (error) {
    // Node names the path only where it is an argument of the call.
    if (isSystemError(error)) Object.assign(error, { path });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return { digest: asDigest(hash.digest('hex')), sizeBytes };
}
