/**
 * What `push` and `fetch` have in common: options, progress, what came of it.
 *
 * @module
 */

import type { Digest } from '../core/index.ts';
import { digestOfName, OBJECTS, objectName } from './layout.ts';
import { forEachAtOnce } from './pool.ts';
import type { Remote } from './remote.ts';
import { RemoteError } from './remote-error.ts';

export interface TransferOptions {
  /** Transfers at once, at least 1. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
}

export interface TransferProgress {
  readonly files: number;
  readonly filesDone: number;
  /** Of what has arrived. */
  readonly bytesDone: number;
}

export interface Transferred {
  /** What was moved: files, and trees after all their members. */
  readonly moved: readonly Digest[];
  /** What was there already. */
  readonly present: number;
  readonly failed: readonly TransferFailure[];
}

export interface TransferFailure {
  readonly digest: Digest;
  readonly reason: RemoteError;
}

/** Beyond so many names it is quicker to have the whole list. */
const MAX_SINGLE_LOOKUPS = 500;

/** Which of these the remote has. */
export async function presentIn(
  remote: Remote,
  digests: readonly Digest[],
  { jobs, signal }: TransferOptions,
): Promise<ReadonlySet<Digest>> {
  const present = new Set<Digest>();
  if (digests.length > MAX_SINGLE_LOOKUPS) {
    const wanted = new Set(digests);
    for await (const { name } of remote.list(OBJECTS, signal)) {
      const digest = digestOfName(name);
      if (digest !== undefined && wanted.has(digest)) present.add(digest);
    }
    return present;
  }
  await forEachAtOnce(digests, jobs, async (digest) => {
    if ((await remote.stat(objectName(digest), signal)) !== undefined) present.add(digest);
  });
  return present;
}

/** Problems that the next file would meet as well. */
const STOPS: ReadonlySet<string> = new Set([
  'unreachable',
  'denied',
  'no-credentials',
  'no-place',
  'cancelled',
]);

/** @throws What is not about this one file. */
export function failureOf(digest: Digest, error: unknown): TransferFailure {
  if (error instanceof RemoteError && !STOPS.has(error.kind)) return { digest, reason: error };
  throw error;
}
