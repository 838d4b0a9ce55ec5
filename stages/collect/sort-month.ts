/**
 * A month's questions from the order of their input to that of their dates, each once.
 *
 * @module
 */

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { StageFailure } from 'dvc-like/stage';

export interface SortedMonth {
  readonly questions: number;
  /** Questions that were there before under the same site and id. */
  readonly duplicates: number;
  /** Rows of the month, usable or not. */
  readonly rows: number;
  readonly refusedRows: number;
  /** The first 100. */
  readonly refused: readonly unknown[];
}

interface Entry {
  readonly date: string;
  readonly id: number;
  readonly site: string;
  readonly bytes: Buffer;
}

const NAMED_REFUSALS = 100;
const LF = 0x0a;

/**
 * Writes the questions by date, then id; of those with one site and id the first stays.
 *
 * @param from A file that `split` wrote. @param to Lines are copied as they are.
 */
export function sortMonth(from: string, to: string): SortedMonth {
  const entries: Entry[] = [];
  const refused: unknown[] = [];
  let rows = 0;
  for (const bytes of linesOf(readFileSync(from))) {
    rows++;
    const record = parse(bytes, from, rows);
    if (record.refused !== undefined) refused.push(record.refused);
    else entries.push({ date: record.creationDate, id: record.id, site: record.site, bytes });
  }
  entries.sort((a, b) => compare(a.date, b.date) || a.id - b.id);
  const seen = new Set<string>();
  const kept = entries.filter(({ site, id }) => {
    const key = `${id} ${site}`;
    return !seen.has(key) && seen.add(key);
  });
  write(to, kept);
  return {
    questions: kept.length,
    duplicates: entries.length - kept.length,
    rows,
    refusedRows: refused.length,
    refused: refused.slice(0, NAMED_REFUSALS),
  };
}

/** Views of the bytes, each with its line break. */
function* linesOf(file: Buffer): Generator<Buffer> {
  for (let start = 0; start < file.length; ) {
    const found = file.indexOf(LF, start);
    const end = found < 0 ? file.length : found + 1;
    yield file.subarray(start, end);
    start = end;
  }
}

interface Line {
  readonly creationDate: string;
  readonly id: number;
  readonly site: string;
  readonly refused?: unknown;
}

function parse(bytes: Buffer, path: string, number: number): Line {
  try {
    return JSON.parse(bytes.toString()) as Line;
  } catch (error) {
    throw new StageFailure(`Cannot read "${path}": line ${number} is not JSON`, { cause: error });
  }
}

function write(path: string, entries: readonly Entry[]): void {
  const PIECE = 1024;
  const file = openSync(path, 'w');
  try {
    for (let i = 0; i < entries.length; i += PIECE) {
      const piece = Buffer.concat(entries.slice(i, i + PIECE).map(({ bytes }) => bytes));
      for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
    }
  } finally {
    closeSync(file);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
