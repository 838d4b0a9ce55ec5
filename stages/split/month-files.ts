/**
 * A file of JSON Lines for each month, written side by side in any order.
 *
 * Lines wait in memory, by month, and are appended in large pieces: no file stays open, and what waits is bounded
 * whatever the number of months.
 *
 * @module
 */

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** In UTF-16 units. */
const MONTH_WAITS = 1 << 18;
const ALL_WAIT = 1 << 22;

export interface MonthFiles {
  /** Whether the month has a file. */
  readonly has: (month: string) => boolean;
  readonly add: (month: string, record: unknown) => void;
  /** Writes what waits. */
  readonly finish: () => void;
}

/** Makes `DIRECTORY/MONTH.jsonl` for each of the months, empty at first. */
export function openMonthFiles(directory: string, months: readonly string[]): MonthFiles {
  const path = (month: string): string => join(directory, `${month}.jsonl`);
  mkdirSync(directory, { recursive: true });
  for (const month of months) writeFileSync(path(month), '');
  const waiting = new Map(months.map((month) => [month, { lines: [] as string[], length: 0 }]));
  let total = 0;

  const flush = (month: string): void => {
    const { lines, length } = waiting.get(month)!;
    if (length === 0) return;
    appendFileSync(path(month), lines.join(''));
    total -= length;
    waiting.set(month, { lines: [], length: 0 });
  };
  const finish = (): void => {
    for (const month of months) flush(month);
  };
  return {
    has: (month) => waiting.has(month),
    add(month, record) {
      const entry = waiting.get(month)!;
      const line = `${JSON.stringify(record)}\n`;
      entry.lines.push(line);
      entry.length += line.length;
      total += line.length;
      if (entry.length >= MONTH_WAITS) flush(month);
      else if (total >= ALL_WAIT) finish();
    },
    finish,
  };
}
