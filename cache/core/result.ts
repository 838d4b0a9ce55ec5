/**
 * `Result`: an expected failure as data. What a caller did wrong is thrown instead (see STYLE in CONTRIBUTING).
 *
 * @module
 */

export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Ends a switch over a union: the compiler proves that it is not reached. */
export function unreachable(value: never): never {
  throw new Error(`Bug: unreachable value ${JSON.stringify(value)}`);
}
