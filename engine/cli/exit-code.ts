/**
 * Exit codes, and how what went wrong maps to them.
 *
 * @module
 */

import type { Diagnostic } from '../core/index.ts';

export const EXIT = {
  done: 0,
  /** A stage failed or did not make its output; with `-q`, something changed. */
  failed: 1,
  /** Wrong usage, an invalid manifest, lock or params. */
  invalid: 2,
  /** The lock is held, the disk is full. */
  environment: 3,
  interrupted: 130,
} as const;

const ENVIRONMENT = new Set(['E_LOCK_HELD', 'E_STAGE_HELD', 'E_NO_FLOCK', 'E_NO_WATCH', 'E_IO', 'E_REMOTE']);

export const exitCodeOf = (diagnostics: readonly Diagnostic[]): number =>
  diagnostics.every(({ code }) => ENVIRONMENT.has(code)) ? EXIT.environment : EXIT.invalid;
