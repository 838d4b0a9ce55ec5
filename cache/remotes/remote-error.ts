/**
 * What a remote throws when it cannot do what it is asked.
 *
 * @module
 */

export type RemoteProblem =
  /** No answer, or one that is none. */
  | 'unreachable'
  /** Known who asks, and not allowed. */
  | 'denied'
  | 'no-credentials'
  /** The bucket, or the directory that holds the remote's. */
  | 'no-place'
  /** No file of this name. */
  | 'missing'
  /** What arrived is not what its name says. */
  | 'damaged'
  /** A full disk, a missing permission, on either side. */
  | 'io'
  | 'cancelled';

export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly kind: RemoteProblem;

  /** @param message Names the remote's file or place; no secrets. */
  constructor(kind: RemoteProblem, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.kind = kind;
  }
}
