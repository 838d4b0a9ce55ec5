/**
 * Scratch: what executors put into the system's directory for temporary files, for a moment each. An engine that is
 * killed in that moment leaves it; a later one removes it.
 *
 * @module
 */

import { readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSystemError } from '../../../cache/index.ts';

const PREFIX = 'dvc-like-scratch-';
const ABANDONED_AFTER_MS = 60 * 60_000;

/** @param unique What no other process or call has. */
export const scratchPath = (unique: string): string => join(tmpdir(), `${PREFIX}${unique}`);

/** @param nowMs Since 1970. */
export function removeAbandonedScratch(nowMs: number): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(tmpdir(), name);
    try {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat !== undefined && stat.mtimeMs + ABANDONED_AFTER_MS < nowMs)
        rmSync(path, { recursive: true, force: true });
    } catch (error) {
      // It may be somebody else's.
      if (!isSystemError(error)) throw error;
    }
  }
}
