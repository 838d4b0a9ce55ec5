/**
 * What a search has done, in files: one that was ended goes on behind it.
 *
 * @module
 */

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeArrays, encodeArrays } from '../io/index.ts';
import type { FoldFit, SearchMemory, TrialScores } from '../learn/selection/index.ts';

/** @param directory Of one fingerprint: the same questions, features and settings. */
export function searchMemory(directory: string, folds: number): SearchMemory {
  const fitFile = (candidate: number, fold: number): string =>
    join(directory, `candidate-${candidate}-fold-${fold}.arrays`);
  const trialFile = (candidate: number): string => join(directory, `candidate-${candidate}.json`);
  return {
    fit: (candidate, fold) => {
      const path = fitFile(candidate, fold);
      return existsSync(path) ? decodeFit(readFileSync(path), path) : undefined;
    },
    keepFit: (candidate, fold, { scores, unconverged }) => {
      const file = { kind: 'search-fit', meta: { unconverged }, arrays: { scores } };
      writeWhole(fitFile(candidate, fold), encodeArrays(file));
    },
    trial: (candidate) => {
      const path = trialFile(candidate);
      return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as TrialScores) : undefined;
    },
    keepTrial: (candidate, scores) => {
      writeWhole(trialFile(candidate), JSON.stringify(scores));
      for (let fold = 0; fold < folds; fold++) rmSync(fitFile(candidate, fold), { force: true });
    },
  };
}

function decodeFit(bytes: Uint8Array, path: string): FoldFit | undefined {
  const { meta, arrays } = decodeArrays(bytes, 'search-fit', path);
  const { unconverged } = meta as { readonly unconverged?: unknown };
  const { scores } = arrays;
  return scores instanceof Float64Array && typeof unconverged === 'number'
    ? { scores, unconverged }
    : undefined;
}

function writeWhole(path: string, data: string | Uint8Array): void {
  writeFileSync(`${path}.part`, data);
  renameSync(`${path}.part`, path);
}
