/**
 * What the report is made of, by the names of its deps.
 *
 * @module
 */

import { basename } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import { readCsv, readJson, readTagCounts } from '../io/index.ts';
import type { Scores } from '../learn/tagger/index.ts';
import type { DataMonth } from './page/sections/data.ts';
import type { ThresholdScores } from './page/sections/thresholds.ts';
import type { WatchedMonth } from './summary.ts';

/** The only dep that ends so. */
export function depNamed(deps: readonly string[], end: string): string {
  const found = deps.filter((path) => path.endsWith(`/${end}`));
  if (found.length === 1) return found[0]!;
  throw new StageFailure(`The report has ${found.length} deps named "${end}"`, {
    hint: 'declare one in dvc-like.yaml',
  });
}

/** Scores `reports/monthly/MONTH.json` with the tag counts `MONTH.tags.json`, by month. */
export function readWatchedMonths(deps: readonly string[]): readonly WatchedMonth[] {
  const tags = byMonth(deps, /\/reports\/monthly\/(\d{4}-\d\d)\.tags\.json$/);
  return [...byMonth(deps, /\/reports\/monthly\/(\d{4}-\d\d)\.json$/)].map(([month, path]) => {
    const counts = tags.get(month);
    if (counts === undefined) throw new StageFailure(`The report has no tag counts of ${month}`);
    return { month, scores: readJson(path) as Scores, tags: readTagCounts(counts) };
  });
}

/** Counts `data/raw/MONTH.counts.json` and `data/clean/MONTH.counts.json`, by month. */
export function readDataMonths(deps: readonly string[], watched: ReadonlySet<string>): readonly DataMonth[] {
  const clean = byMonth(deps, /\/data\/clean\/(\d{4}-\d\d)\.counts\.json$/);
  return [...byMonth(deps, /\/data\/raw\/(\d{4}-\d\d)\.counts\.json$/)].map(([month, path]) => {
    const cleanPath = clean.get(month);
    if (cleanPath === undefined)
      throw new StageFailure(`The report has no counts of ${month} after cleaning`);
    const raw = readJson(path) as { readonly questions: number; readonly refusedRows: number };
    const left = readJson(cleanPath) as { readonly questions: number };
    return {
      month,
      isWatched: watched.has(month),
      collected: raw.questions,
      refused: raw.refusedRows,
      clean: left.questions,
    };
  });
}

/** @throws {StageFailure} If a column is missing. */
export function readThresholds(path: string): readonly ThresholdScores[] {
  const { header, rows } = readCsv(path);
  const [threshold, precision, recall, f1] = ['threshold', 'precision', 'recall', 'f1'].map((name) => {
    const column = header.indexOf(name);
    if (column === -1) throw new StageFailure(`Cannot use "${basename(path)}": it has no column "${name}"`);
    return (row: readonly string[]): number | null => (row[column] === '' ? null : Number(row[column]));
  });
  return rows.map((row) => ({
    threshold: threshold!(row) ?? NaN,
    precision: precision!(row),
    recall: recall!(row),
    f1: f1!(row),
  }));
}

/** The paths that match, by the month that their name holds, the earliest first. */
function byMonth(deps: readonly string[], pattern: RegExp): ReadonlyMap<string, string> {
  const found = deps.flatMap((path): readonly (readonly [string, string])[] => {
    const month = pattern.exec(path)?.[1];
    return month === undefined ? [] : [[month, path]];
  });
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
