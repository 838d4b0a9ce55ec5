/**
 * Who tracks, and at which commit.
 *
 * @module
 */

import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import type { Origin } from './run-record.ts';

const TIMEOUT_MS = 2_000;

/** @param root Absolute, of the project. What cannot be found out is null. */
export async function originOf(root: string, source: string): Promise<Origin> {
  return { user: userName(), commit: await headOf(root), source };
}

/** A user id without an entry in the system's list of users, as in a container, has no name. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR') return null;
    throw error;
  }
}

function headOf(root: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['rev-parse', '--verify', 'HEAD'],
      { cwd: root, timeout: TIMEOUT_MS },
      (error, stdout) => {
        resolve(error === null ? stdout.trim() : null);
      },
    );
  });
}
