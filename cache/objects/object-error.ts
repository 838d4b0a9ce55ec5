/**
 * What can go wrong between the store and the workspace, as data.
 *
 * @module
 */

import { type Digest, err, isSystemError, type Result } from '../core/index.ts';
import type { LinkType } from './store-parts.ts';

export type ObjectError =
  /** The store lacks the object, or a member of the tree, or held it corrupted. */
  | { readonly kind: 'missing-object'; readonly digest: Digest }
  /** The directory object is not one that can be trusted. */
  | { readonly kind: 'bad-tree'; readonly digest: Digest; readonly reason: string }
  /** There is no file to put. */
  | { readonly kind: 'missing-source'; readonly path: string }
  /** The file no longer has the content that was observed. */
  | { readonly kind: 'changed-meanwhile'; readonly path: string; readonly was: Digest; readonly is: Digest }
  /** No link of these types can be made from the store to there. */
  | { readonly kind: 'no-link'; readonly path: string; readonly types: readonly LinkType[] }
  /** The operating system refused: a full disk, a missing permission. */
  | { readonly kind: 'io'; readonly path: string; readonly code: string; readonly cause: Error };

/** Runs `action`; what the operating system throws becomes an error of kind `io`. */
export function catchIo<T>(path: string, action: () => Result<T, ObjectError>): Result<T, ObjectError> {
  try {
    return action();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const culprit = 'path' in error && typeof error.path === 'string' ? error.path : path;
    return err({ kind: 'io', path: culprit, code: error.code, cause: error });
  }
}
