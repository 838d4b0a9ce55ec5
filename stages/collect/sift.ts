/**
 * A month's questions out of a source of many months: what cannot be used is counted and named.
 *
 * @module
 */

import { type Line, monthOf, type Question } from '../io/index.ts';
import { readRow } from './usable.ts';

export interface Sifted {
  /** By date, then id. */
  readonly questions: readonly Question[];
  /** All rows of the source, of any month. */
  readonly rows: number;
  /** Those of all months that cannot be used. */
  readonly refusedRows: number;
  /** The refused of this month, and of no month that could be read; the first 100. */
  readonly refused: readonly { readonly line: number; readonly why: string }[];
}

const NAMED_REFUSALS = 100;

export async function siftMonth(lines: AsyncIterable<Line>, month: string): Promise<Sifted> {
  const questions: Question[] = [];
  const refused: { line: number; why: string }[] = [];
  let rows = 0;
  let refusedRows = 0;
  for await (const { number, text } of lines) {
    rows++;
    const row = readRow(text);
    if (row.kind === 'question') {
      if (monthOf(row.question.creationDate) === month) questions.push(row.question);
      continue;
    }
    refusedRows++;
    const isOurs = row.creationDate === undefined || monthOf(row.creationDate) === month;
    if (isOurs && refused.length < NAMED_REFUSALS) refused.push({ line: number, why: row.why });
  }
  questions.sort((a, b) => compare(a.creationDate, b.creationDate) || a.id - b.id);
  return { questions, rows, refusedRows, refused };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
