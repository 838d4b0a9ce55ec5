/**
 * Errors of the operating system, as Node throws them: a `code` such as `ENOENT` beside the message.
 *
 * @module
 */

export type SystemError = Error & { readonly code: string };

export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^E[A-Z0-9]+$/.test(error.code);

export const isErrno = (error: unknown, code: string): error is SystemError =>
  isSystemError(error) && error.code === code;

/** Node names the path only where it is an argument of the call. @returns The error, which names it. */
export const withPath = (error: unknown, path: string): unknown =>
  isSystemError(error) ? Object.assign(error, { path }) : error;
