/**
 * `search.json`: the settings that a search found best, or that nothing was searched.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Candidate, Metric, MetricScores, ThresholdRule } from '../learn/selection/index.ts';
import { readVersioned, writeJson } from './json.ts';

export type SearchFile =
  | { readonly kind: 'not-searched' }
  | {
      readonly kind: 'searched';
      /** The best candidate: these take the place of settings of the same name. */
      readonly settings: Candidate;
      /** Its number, from 0, and that of all. */
      readonly candidate: number;
      readonly candidates: number;
      readonly folds: number;
      /** By this it is the best. */
      readonly refit: Metric;
      readonly threshold: { readonly rule: ThresholdRule; readonly value: number };
      /** Its scores over the folds. */
      readonly scores: Readonly<Record<Metric, Pick<MetricScores, 'mean' | 'std'>>>;
    };

const FORMAT = 'dvc-like/search';
const VERSION = 1;

export const writeSearch = (path: string, search: SearchFile): void =>
  writeJson(path, { format: FORMAT, version: VERSION, ...search });

/** @throws {StageFailure} If the file is no result of a search. */
export function readSearch(path: string): SearchFile {
  const search = readVersioned(path, FORMAT, VERSION) as Partial<SearchFile>;
  const isValid = search.kind === 'not-searched' || (search.kind === 'searched' && isObject(search.settings));
  if (!isValid) throw new StageFailure(`Cannot read "${path}": it is no result of a search`);
  return search as SearchFile;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
