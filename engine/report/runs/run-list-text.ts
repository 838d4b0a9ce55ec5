/**
 * Recorded runs as a table.
 *
 * @module
 */

import { durationOf, type RunRecord, type RunResult } from '../../runs/index.ts';
import { durationText } from '../run-reporter.ts';
import { alignedText } from '../values/table-text.ts';

export interface ListedRun {
  readonly record: RunRecord;
  readonly result: RunResult;
}

/** Ends with a line break. */
export function runListText(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'No run is recorded yet\n';
  return alignedText({
    header: ['run', 'started', 'took', 'result', 'stages'],
    rows: runs.map(({ record, result }) => [
      record.id,
      localTime(record.startedAt),
      durationText(durationOf(record)),
      result,
      runCountsText(record),
    ]),
  });
}

const TOLD = [
  'ran',
  'restored',
  'failed',
  'skipped',
  'cancelled',
  'running',
  'restoring',
  'waiting',
] as const;

/** `5 ran, 1 failed, 3 unchanged`. */
export function runCountsText({ stages, unchanged }: RunRecord): string {
  const counts = TOLD.flatMap((outcome) => {
    const count = stages.filter((stage) => stage.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  return [...counts, `${unchanged.length} unchanged`].join(', ');
}

/** `2026-03-01 14:22:33`, on the clock of whoever reads it. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
