/**
 * What is in the store.
 *
 * @module
 */

import { join } from 'node:path';
import { type Digest, isDigest } from '../core/index.ts';
import type { StoreParts } from './store-parts.ts';

export interface StoredObject {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** By digest. Files with other names are none of ours. */
export function listObjects({
  fs,
  directory,
}: Pick<StoreParts, 'fs' | 'directory'>): readonly StoredObject[] {
  if (fs.stat(directory)?.kind !== 'directory') return [];
  const prefixes = fs.readDirectory(directory).filter(({ name }) => /^[0-9a-f]{2}$/.test(name));
  const objects = prefixes.flatMap(({ name: prefix }) =>
    fs.readDirectory(join(directory, prefix)).flatMap(({ name }): readonly StoredObject[] => {
      const digest = `${prefix}${name}`;
      const stat = isDigest(digest) ? fs.stat(join(directory, prefix, name)) : undefined;
      return isDigest(digest) && stat?.kind === 'file' ? [{ digest, sizeBytes: stat.sizeBytes }] : [];
    }),
  );
  return objects.sort((a, b) => (a.digest < b.digest ? -1 : 1));
}
