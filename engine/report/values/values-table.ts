/**
 * Params and metrics as tables.
 *
 * @module
 */

import { compareCodePoints } from '../../../cache/index.ts';
import type { ValueDiff, ValueFiles } from '../../values/index.ts';
import { shownChange, shownValue } from './number-text.ts';
import type { Table } from './table-text.ts';

export interface DiffTableOptions {
  /** What the keys are: `Param`, `Metric`. */
  readonly title: string;
  /** Names of the two versions. */
  readonly was: string;
  readonly is: string;
  readonly showPath: boolean;
  /** Significant digits of floats; without, all that they have. */
  readonly precision: number | undefined;
}

/** Of a difference between two long floats not more digits say something. */
const CHANGE_PRECISION = 5;

export function diffTable(diffs: readonly ValueDiff[], options: DiffTableOptions): Table {
  const { title, was, is, showPath, precision } = options;
  const path = (text: string): readonly string[] => (showPath ? [text] : []);
  return {
    header: [...path('Path'), title, was, is, 'Change'],
    rows: diffs.map((diff) => [
      ...path(diff.path),
      diff.key,
      shownValue(diff.was, precision),
      shownValue(diff.is, precision),
      shownChange(diff.was, diff.is, precision ?? CHANGE_PRECISION),
    ]),
  };
}

/** More columns than this nobody can read side by side. */
const MAX_METRICS_IN_COLUMNS = 8;

/** A row for each file and a column for each metric; a row for each metric where they are many. */
export function metricsTable(files: ValueFiles, precision: number): Table {
  const keys = [...new Set([...files.values()].flatMap((leaves) => [...leaves.keys()]))].sort(
    compareCodePoints,
  );
  if (keys.length <= MAX_METRICS_IN_COLUMNS) {
    return {
      header: ['Path', ...keys],
      rows: [...files].map(([path, leaves]) => [
        path,
        ...keys.map((key) => shownValue(leaves.get(key), precision)),
      ]),
    };
  }
  return {
    header: ['Path', 'Metric', 'Value'],
    rows: [...files].flatMap(([path, leaves]) =>
      [...leaves].map(([key, value]) => [path, key, shownValue(value, precision)]),
    ),
  };
}
