/**
 * What the store's operations share, and where objects lie.
 *
 * @module
 */

import type { Digest, FileSystem } from '../core/index.ts';
import type { IsIgnored, StatMemo, TreeEntry } from '../hash/index.ts';

/** How a file comes out of the store. Which of a list is taken: the first that works. */
export type LinkType = 'reflink' | 'hardlink' | 'symlink' | 'copy';

export interface StoreParts {
  readonly fs: FileSystem;
  /** `…/files/md5`. */
  readonly directory: string;
  readonly memo: StatMemo;
  /** Directory objects that have been read, by their digests. */
  readonly trees: Map<Digest, readonly TreeEntry[]>;
  readonly onCorrupt: (digest: Digest) => void;
  /** Never empty. */
  readonly linkTypes: readonly LinkType[];
}

export interface CheckoutOptions {
  /** Whether a file gets its owner's execute bit; trees have none. */
  readonly isExecutable: boolean;
  /** What may stay in a tree though it is not of it. */
  readonly isIgnored?: IsIgnored | undefined;
  /**
   * Files that have their content already are placed anew where they are linked otherwise than the store's link types
   * say. `links`: in a tree, any of the types will do, and modes stay. `all`: it is to be the first type that works.
   */
  readonly relink?: 'links' | 'all' | undefined;
}

/** `<2 digits>/<30 digits>[.dir]`. */
export const objectPath = ({ directory }: StoreParts, digest: Digest): string =>
  `${directory}/${digest.slice(0, 2)}/${digest.slice(2)}`;
