/**
 * MD5 of one file, read into one buffer that all calls share: streams are ten times slower on small files.
 *
 * @module
 */

import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { asDigest } from './digest.ts';
import type { FileHash } from './file-system.ts';
import { withPath } from './system-error.ts';

const BUFFER_BYTES = 1 << 20;
let buffer: Buffer | undefined;

/** @param onPiece Called after each piece that was read. */
export function hashFile(path: string, onPiece?: () => void): FileHash {
  buffer ??= Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    let count = readSync(descriptor, buffer, 0, BUFFER_BYTES, null);
    onPiece?.();
    if (count < BUFFER_BYTES) {
      const more = readSync(descriptor, buffer, count, BUFFER_BYTES - count, null);
      count += more;
      // In one call: most files are small, and an object for each is half of their cost.
      if (more === 0) return { digest: asDigest(hash('md5', buffer.subarray(0, count))), sizeBytes: count };
    }
    const whole = createHash('md5');
    let sizeBytes = 0;
    while (count > 0) {
      whole.update(count === BUFFER_BYTES ? buffer : buffer.subarray(0, count));
      sizeBytes += count;
      count = readSync(descriptor, buffer, 0, BUFFER_BYTES, null);
      onPiece?.();
    }
    return { digest: asDigest(whole.digest('hex')), sizeBytes };
  } catch (error) {
    throw withPath(error, path);
  } finally {
    closeSync(descriptor);
  }
}
