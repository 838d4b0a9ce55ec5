/**
 * What stands at a path, by content.
 *
 * @module
 */

import type { Digest } from '../core/index.ts';

export type ContentState =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'file';
      readonly digest: Digest;
      readonly sizeBytes: number;
      /** Some execute bit is set. Not part of the digest. */
      readonly isExecutable: boolean;
    }
  | {
      readonly kind: 'tree';
      readonly digest: Digest;
      /** The sum over the files. */
      readonly sizeBytes: number;
      readonly fileCount: number;
      /** In code-point order of their paths. */
      readonly entries: readonly TreeEntry[];
      /** Paths of files with an execute bit, where some were observed. Not part of the digest. */
      readonly executables?: readonly string[];
    };

/** A file of a tree. Empty directories and modes are not recorded. */
export interface TreeEntry {
  /** Relative to the tree's root, with `/`. */
  readonly path: string;
  /** Of a file, never of a tree. */
  readonly digest: Digest;
  /** Not part of the directory object: unknown when the entry was read from one. */
  readonly sizeBytes?: number;
}
