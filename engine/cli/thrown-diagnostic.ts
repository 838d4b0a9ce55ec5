/**
 * What is thrown at us by the files and the system, for people.
 *
 * @module
 */

import { ContentError, isSystemError } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';

/** @returns Undefined for what is a bug. */
export function thrownDiagnostic(error: unknown): Diagnostic | undefined {
  if (error instanceof ContentError) {
    return { code: 'E_UNREADABLE', message: error.message, hint: UNREADABLE_HINT };
  }
  if (!isSystemError(error)) return undefined;
  return { code: 'E_IO', message: error.message, hint: IO_HINTS.get(error.code) };
}

const UNREADABLE_HINT = 'mend or remove it, or leave it out with a line in ".dvcignore"';

const IO_HINTS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOSPC', 'the disk is full: make room and run it again, nothing that was recorded is lost'],
  ['EACCES', 'check the permissions of this path'],
  ['ENOTDIR', 'a file stands where a directory is needed: move it away'],
]);
