/**
 * The pages that are there, in a directory that outlives a kill: a file for each, whole or not at all.
 *
 * @module
 */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './ask.ts';

export interface KeptPage {
  readonly place: Place;
  readonly items: readonly unknown[];
  readonly hasMore: boolean;
  /** Since 1970. */
  readonly answeredAtMs: number;
  /** For how long the API was to be left alone. */
  readonly restMs: number;
}

export interface Checkpoint {
  /** @param number From 1 on; `undefined` where the page is not there, or cannot be read. */
  readonly read: (number: number) => KeptPage | undefined;
  readonly write: (number: number, page: KeptPage) => void;
}

export function openCheckpoint(directory: string): Checkpoint {
  const pathOf = (number: number): string => join(directory, `page-${number}.json`);
  return {
    read(number) {
      try {
        return JSON.parse(readFileSync(pathOf(number), 'utf8')) as KeptPage;
      } catch (error) {
        const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (isMissing || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    write(number, page) {
      const temporary = `${pathOf(number)}.new`;
      const file = openSync(temporary, 'w');
      try {
        writeFileSync(file, JSON.stringify(page));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, pathOf(number));
    },
  };
}
