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

/** The metrics of a version of the project, by path. */
export interface VersionValues {
  /** Undefined where there is only one, which needs no name. */
  readonly revision: string | undefined;
  readonly files: ValueFiles;
}

/** A row for each file of each version and a column for each metric; a row for each metric where they are many. */
export function metricsTable(versions: readonly VersionValues[], precision: number): Table {
  const rows = versions.flatMap(({ revision, files }) =>
    [...files].map(([path, leaves]) => ({
      at: [...(revision === undefined ? [] : [revision]), path],
      leaves,
    })),
  );
  const at = versions.some(({ revision }) => revision !== undefined) ? ['Revision', 'Path'] : ['Path'];
  const keys = [...new Set(rows.flatMap(({ leaves }) => [...leaves.keys()]))].sort(compareCodePoints);
  if (keys.length <= MAX_METRICS_IN_COLUMNS) {
    return {
      header: [...at, ...keys],
      rows: rows.map((row) => [...row.at, ...keys.map((key) => shownValue(row.leaves.get(key), precision))]),
    };
  }
  return {
    header: [...at, 'Metric', 'Value'],
    rows: rows.flatMap((row) =>
      [...row.leaves].map(([key, value]) => [...row.at, key, shownValue(value, precision)]),
    ),
  };
}
