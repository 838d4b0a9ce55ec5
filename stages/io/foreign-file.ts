/**
 * Files that others made, as a stream of bytes: plain or gzipped, told by their first bytes.
 *
 * @module
 */

import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StageFailure } from 'dvc-like/stage';

const CHUNK_BYTES = 1 << 18;

const GZIP = '1f8b';

/** By what they begin with, in hexadecimal. */
const ARCHIVES: Readonly<Record<string, string>> = {
  '377abcaf271c': 'a 7z archive',
  '504b0304': 'a zip archive',
  '425a68': 'compressed by bzip2',
  fd377a585a00: 'compressed by xz',
  '28b52ffd': 'compressed by zstd',
};

/**
 * The bytes of a file, unpacked where it is gzipped.
 *
 * @throws {StageFailure} If it is not there, damaged, or packed in another way.
 */
export async function* streamBytes(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of openStream(path)) yield chunk as Buffer;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    throw new StageFailure(`Cannot read "${path}": ${error.message}`, { cause: error });
  }
}

/** What the file system (`ENOENT`) or zlib (`Z_BUF_ERROR`) says, apart from our own errors. */
const isUnreadable = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';

function openStream(path: string): Readable {
  const head = readHead(path);
  const archive = Object.keys(ARCHIVES).find((magic) => head.startsWith(magic));
  if (archive !== undefined) {
    throw new StageFailure(`Cannot read "${path}": it is ${ARCHIVES[archive]!}`, {
      hint: 'unpack it first (a 7z archive by `7z x`), and pack it by gzip at most',
    });
  }
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!head.startsWith(GZIP)) return source;
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** The first bytes, in hexadecimal. */
function readHead(path: string): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(8);
    return head.subarray(0, readSync(file, head, 0, head.length, 0)).toString('hex');
  } finally {
    closeSync(file);
  }
}
