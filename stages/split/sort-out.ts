/**
 * The rows of an input to the files of their months, counted on the way.
 *
 * @module
 */

import { monthOf } from '../io/index.ts';
import type { MonthFiles } from './month-files.ts';
import type { Refused, Row } from './row.ts';

export interface Counts {
  /** All rows of the input. */
  readonly rows: number;
  /** Rows that are no questions (answers, say), by what they are. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Questions of other months. */
  readonly outside: number;
  readonly refusedRows: number;
  /** The first 100. */
  readonly refused: readonly NamedRefusal[];
  /** Questions by month. */
  readonly questions: Readonly<Record<string, number>>;
  /** The months of the first and the last question, these months' or not. */
  readonly first: string | null;
  readonly last: string | null;
}

export type NamedRefusal = Pick<Refused, 'line' | 'id' | 'why'>;

const NAMED_REFUSALS = 100;

export interface SortingOut {
  readonly take: (row: Row) => void;
  readonly counts: () => Counts;
}

/** A refused row whose month is known is left in the file of its month too, as `{"refused": {"line", "id", "why"}}`. */
export function sortOut(files: MonthFiles, months: readonly string[]): SortingOut {
  const questions = new Map(months.map((month) => [month, 0]));
  const skipped = new Map<string, number>();
  const refused: NamedRefusal[] = [];
  let rows = 0;
  let outside = 0;
  let refusedRows = 0;
  let first: string | null = null;
  let last: string | null = null;

  return {
    take(row) {
      rows++;
      if (row.kind === 'skipped') {
        skipped.set(row.what, (skipped.get(row.what) ?? 0) + 1);
        return;
      }
      if (row.kind === 'refused') {
        const { line, id, why, creationDate } = row;
        refusedRows++;
        if (refused.length < NAMED_REFUSALS) refused.push({ line, id, why });
        const month = creationDate === undefined ? '' : monthOf(creationDate);
        if (files.has(month)) files.add(month, { refused: { line, id, why } });
        return;
      }
      const month = monthOf(row.question.creationDate);
      if (first === null || month < first) first = month;
      if (last === null || month > last) last = month;
      const count = questions.get(month);
      if (count === undefined) {
        outside++;
        return;
      }
      questions.set(month, count + 1);
      files.add(month, row.question);
    },
    counts: () => ({
      rows,
      skipped: Object.fromEntries([...skipped].sort()),
      outside,
      refusedRows,
      refused,
      questions: Object.fromEntries(questions),
      first,
      last,
    }),
  };
}
