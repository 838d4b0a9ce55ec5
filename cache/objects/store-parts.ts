/**
 * What the store's operations share, and where objects lie.
 *
 * @module
 */

import { join } from 'node:path';
import type { Digest, FileSystem } from '../core/index.ts';
import type { IsIgnored, StatMemo } from '../hash/index.ts';

export interface StoreParts {
  readonly fs: FileSystem;
  /** `…/files/md5`. */
  readonly directory: string;
  readonly memo: StatMemo;
  readonly onCorrupt: (digest: Digest) => void;
}

export interface CheckoutOptions {
  /** Whether a file gets its owner's execute bit; trees have none. */
  readonly isExecutable: boolean;
  /** What may stay in a tree though it is not of it. */
  readonly isIgnored?: IsIgnored | undefined;
}

/** `<2 digits>/<30 digits>[.dir]`. */
export const objectPath = ({ directory }: StoreParts, digest: Digest): string =>
  join(directory, digest.slice(0, 2), digest.slice(2));
