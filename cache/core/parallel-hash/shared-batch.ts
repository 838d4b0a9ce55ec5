/**
 * A list of files that threads hash together: each takes the next index until there is none.
 *
 * All that the threads write lies in shared memory, so that the main thread needs no messages and can wait for the
 * others without turning its event loop.
 *
 * @module
 */

import { asDigest } from '../digest.ts';
import type { FileHash } from '../file-system.ts';
import { hashFile } from '../hash-file.ts';
import { isSystemError } from '../system-error.ts';

/** Can be sent to a thread as it is. */
export interface SharedBatch {
  readonly paths: readonly string[];
  readonly counters: Int32Array;
  /** By index: 0 until the rest of the slot is valid. */
  readonly states: Int32Array;
  /** 16 bytes each. */
  readonly digests: Uint8Array;
  readonly sizesBytes: Float64Array;
}

const NEXT = 0;
const FINISHED = 1;
/** Counts pieces read by any thread: while it moves, somebody is at work. */
const BEATS = 2;

const DONE = 1;
const FAILED = 2;

export function createBatch(paths: readonly string[]): SharedBatch {
  const count = paths.length;
  return {
    paths,
    counters: new Int32Array(new SharedArrayBuffer(12)),
    states: new Int32Array(new SharedArrayBuffer(4 * count)),
    digests: new Uint8Array(new SharedArrayBuffer(16 * count)),
    sizesBytes: new Float64Array(new SharedArrayBuffer(8 * count)),
  };
}

/** Hashes until the list is used up. A file that cannot be read is marked, not thrown. */
export function takePart(batch: SharedBatch): void {
  const { paths, counters, states, digests, sizesBytes } = batch;
  const beat = (): void => {
    Atomics.add(counters, BEATS, 1);
  };
  for (;;) {
    const index = Atomics.add(counters, NEXT, 1);
    const path = paths[index];
    if (path === undefined) return;
    let state = FAILED;
    try {
      const { digest, sizeBytes } = hashFile(path, beat);
      digests.set(Buffer.from(digest, 'hex'), 16 * index);
      sizesBytes[index] = sizeBytes;
      state = DONE;
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
    Atomics.store(states, index, state);
    Atomics.add(counters, FINISHED, 1);
    Atomics.notify(counters, FINISHED);
  }
}

/** Blocks until every file is hashed or marked, or no thread has read anything for `patienceMs`. */
export function waitForOthers({ paths, counters }: SharedBatch, patienceMs: number): void {
  for (;;) {
    const beats = Atomics.load(counters, BEATS);
    const finished = Atomics.load(counters, FINISHED);
    if (finished >= paths.length) return;
    const outcome = Atomics.wait(counters, FINISHED, finished, patienceMs);
    if (outcome === 'timed-out' && Atomics.load(counters, BEATS) === beats) return;
  }
}

/** Undefined for a file that no thread has hashed. */
export function resultOf({ states, digests, sizesBytes }: SharedBatch, index: number): FileHash | undefined {
  if (Atomics.load(states, index) !== DONE) return undefined;
  const bytes = digests.subarray(16 * index, 16 * index + 16);
  return { digest: asDigest(Buffer.from(bytes).toString('hex')), sizeBytes: sizesBytes[index]! };
}
