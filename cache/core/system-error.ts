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
