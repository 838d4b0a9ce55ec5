/**
 * The scores of folds that are fitted, in files: a run that was ended goes on behind them.
 *
 * @module
 */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeArrays, encodeArrays } from '../io/index.ts';
import type { FoldMemory } from '../learn/decision/index.ts';

/** @param directory Of one fingerprint: the same questions, features and settings. */
export function foldMemory(directory: string): FoldMemory {
  const fileOf = (fold: number): string => join(directory, `fold-${fold}.arrays`);
  return {
    scores: (fold) => {
      const path = fileOf(fold);
      if (!existsSync(path)) return undefined;
      const { scores } = decodeArrays(readFileSync(path), 'scores', path).arrays;
      return scores instanceof Float64Array ? scores : undefined;
    },
    keep: (fold, scores) => {
      const temporary = `${fileOf(fold)}.part`;
      writeFileSync(temporary, encodeArrays({ kind: 'scores', meta: {}, arrays: { scores } }));
      renameSync(temporary, fileOf(fold));
    },
  };
}
