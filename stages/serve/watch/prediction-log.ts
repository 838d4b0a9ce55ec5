/**
 * Predictions to a file that is rotated by its size. A disk that is full costs the lines, not the answers.
 *
 * @module
 */

import { appendFile, rename, stat } from 'node:fs/promises';
import { type LoggedPrediction, logLine } from '../../io/index.ts';
import type { PredictionLogSettings } from '../settings.ts';

export interface PredictionLog {
  /** Returns at once. */
  readonly write: (entries: readonly LoggedPrediction[]) => void;
  /** When all that was given is written. */
  readonly flushed: () => Promise<void>;
}

/** @param onFailure Told of each write that failed. */
export function openPredictionLog(
  { path, maxBytes, keep }: PredictionLogSettings,
  onFailure: (error: Error) => void,
): PredictionLog {
  let writing = Promise.resolve();
  const write = async (text: string): Promise<void> => {
    try {
      await appendFile(path, text);
      if ((await stat(path)).size > maxBytes) await rotate(path, keep);
    } catch (error) {
      onFailure(error as Error);
    }
  };
  return {
    write: (entries) => {
      const text = entries.map(logLine).join('');
      writing = writing.then(() => write(text));
    },
    flushed: () => writing,
  };
}

async function rotate(path: string, keep: number): Promise<void> {
  for (let i = keep; i >= 1; i--) {
    try {
      await rename(i === 1 ? path : `${path}.${i - 1}`, `${path}.${i}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
