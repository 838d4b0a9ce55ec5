/**
 * Where a remote keeps what: DVC 3's layout, the same as that of a cache.
 *
 * @module
 */

import { type Digest, isDigest } from '../core/index.ts';

export const OBJECTS = 'files/md5/';
export const RUNS = 'runs/';

export const objectName = (digest: Digest): string => `${OBJECTS}${digest.slice(0, 2)}/${digest.slice(2)}`;

/** @returns Undefined for a file that is none of ours. */
export function digestOfName(name: string): Digest | undefined {
  const [, start, rest] = /^files\/md5\/([0-9a-f]{2})\/([^/]+)$/.exec(name) ?? [];
  const digest = `${start ?? ''}${rest ?? ''}`;
  return isDigest(digest) ? digest : undefined;
}
