/**
 * What a person is told of an input that was read, and whether enough of it can be used.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Counts } from './sort-out.ts';

const NAMED_MONTHS = 12;

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

export function tell(
  { rows, skipped, outside, refused, refusedRows, questions }: Counts,
  log: (message: string) => void,
): void {
  for (const { line, id, why } of refused) {
    log(`Line ${line}${id === null ? '' : ` (id ${id})`} is left out: ${why}`);
  }
  if (refusedRows > refused.length) log(`${refusedRows - refused.length} more rows are left out`);
  for (const [what, count] of Object.entries(skipped)) log(`${count} ${what} skipped`);
  log(`${sum(questions)} questions of ${rows} rows; ${outside} are of other months`);
  const empty = Object.keys(questions).filter((month) => questions[month] === 0);
  if (empty.length === 0) return;
  const more = empty.length - NAMED_MONTHS;
  log(
    `No questions in ${empty.slice(0, NAMED_MONTHS).join(', ')}${more > 0 ? ` and ${more} more months` : ''}`,
  );
}

export interface Standard {
  readonly input: string;
  /** What the input has to be. */
  readonly hint: string;
  /** Of the rows that are questions or not to be read. */
  readonly maxBadShare: number;
}

/** @throws {StageFailure} If too much cannot be used, or no month has a question. */
export function judge(counts: Counts, { input, hint, maxBadShare }: Standard): void {
  const { refusedRows, refused, first, last, questions } = counts;
  const judged = counts.rows - sum(counts.skipped);
  if (refusedRows > maxBadShare * judged) {
    const example = refused[0]!;
    throw new StageFailure(
      `Cannot use ${refusedRows} of ${judged} rows of "${input}": collect.max_bad_share is ${maxBadShare}; ` +
        `line ${example.line}: ${example.why}`,
      { hint },
    );
  }
  if (sum(questions) > 0) return;
  const months = Object.keys(questions);
  throw new StageFailure(`"${input}" has no question of ${months[0]!} to ${months.at(-1)!}`, {
    hint:
      first === null || last === null
        ? hint
        : `its questions are of ${first} to ${last}: set months.train and months.watch`,
  });
}
