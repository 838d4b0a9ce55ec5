/**
 * The `api` source: a month's questions, asked of a Stack Exchange site.
 *
 * Nothing that is written depends on how the questions came: on pauses, retries, the key, or the order of the pages.
 *
 * @module
 */

import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import type { ApiRequest } from '../../io/index.ts';
import { sortMonth } from '../sort-month.ts';
import type { ApiPorts } from './ask.ts';
import { openCheckpoint } from './checkpoint.ts';
import { creationSecondsOf, readItem } from './item.ts';
import { type Page, pagesOf } from './pages.ts';
import type { Secrets } from './secrets.ts';
import { windowOf } from './window.ts';

export { secretsOf } from './secrets.ts';

export interface CollectedMonth {
  readonly questions: number;
  /** Items of the month, each question once. */
  readonly rows: number;
  readonly refusedRows: number;
  /** The first 100. */
  readonly refused: readonly { readonly id: number | null; readonly why: string }[];
  /** Items of another month, which were not asked for. */
  readonly otherMonths: number;
  /** Whether the month was over. */
  readonly closed: boolean;
}

export interface CollectOptions {
  readonly month: string;
  readonly request: ApiRequest;
  readonly secrets: Secrets;
  /** The stage fails when a larger share of the items cannot be used. */
  readonly maxBadShare: number;
  /** Survives a kill. */
  readonly directory: string;
  /** The file of the questions, sorted by date and id. */
  readonly out: string;
  readonly onProgress: (done: number, total: number, note: string) => void;
}

/** @throws {StageFailure} If the month is not over, the API does not give it all, or too much of it cannot be used. */
export async function collectMonth(options: CollectOptions, ports: ApiPorts): Promise<CollectedMonth> {
  const { month, request, secrets, directory, out, onProgress } = options;
  const { log } = ports;
  const window = windowOf(month, ports.clock.nowMs(), request.allowsOpenMonth);
  if (!window.isClosed) {
    log(`${month} is not over: this is what there is until now. Once it is over, set`);
    log(`collect.api.allow_open_month: false, or add a month, and it is collected again`);
  }
  const gathered = join(directory, 'gathered.jsonl');
  const file = openSync(gathered, 'w');
  const tally = emptyTally();
  try {
    for await (const page of pagesOf(request, window, secrets, openCheckpoint(directory), ports)) {
      writeFileSync(file, sift(page, request.site, window, tally, log).join(''));
      if (page.number === 1) refuseUnusable(tally, options.maxBadShare);
      const { fromSeconds, toSeconds } = window;
      const note = `page ${page.number}, ${tally.questions} questions`;
      onProgress(page.reachedSeconds - fromSeconds, toSeconds - fromSeconds + 1, note);
    }
  } finally {
    closeSync(file);
  }
  if (tally.refusedRows > options.maxBadShare * tally.rows) throw tooManyBad(tally, options.maxBadShare);
  sortMonth(gathered, out);
  return { ...tally, closed: window.isClosed };
}

interface Tally {
  questions: number;
  rows: number;
  refusedRows: number;
  readonly refused: { readonly id: number | null; readonly why: string }[];
  otherMonths: number;
}

const NAMED_REFUSALS = 100;

const emptyTally = (): Tally => ({ questions: 0, rows: 0, refusedRows: 0, refused: [], otherMonths: 0 });

/** Counts a page's items. @returns The questions, a line each. */
function sift(
  { number, items, duplicates }: Page,
  site: string,
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number },
  tally: Tally,
  log: (message: string) => void,
): readonly string[] {
  const lines: string[] = [];
  let others = 0;
  for (const item of items) {
    const seconds = creationSecondsOf(item);
    if (seconds !== undefined && (seconds < fromSeconds || seconds > toSeconds)) {
      others++;
      continue;
    }
    tally.rows++;
    const read = readItem(item, site);
    if (read.kind === 'question') {
      tally.questions++;
      lines.push(`${JSON.stringify(read.question)}\n`);
      continue;
    }
    const { id, why } = read;
    tally.refusedRows++;
    if (tally.refused.length < NAMED_REFUSALS) tally.refused.push({ id, why });
    log(`Page ${number}, question ${id ?? 'without an id'} is left out: ${why}`);
  }
  tally.otherMonths += others;
  if (others > 0) log(`Page ${number}: ${others} questions of other months are left out`);
  if (duplicates > 0) log(`Page ${number}: ${duplicates} questions were on a page before`);
  return lines;
}

/** Where not one item of the first page is of use, the others are not worth the quota. */
function refuseUnusable(tally: Tally, maxBadShare: number): void {
  if (maxBadShare < 1 && tally.rows > 0 && tally.questions === 0) throw tooManyBad(tally, maxBadShare);
}

const tooManyBad = ({ rows, refusedRows, refused }: Tally, maxBadShare: number): StageFailure =>
  new StageFailure(
    `Cannot use ${refusedRows} of ${rows} questions: collect.max_bad_share is ${maxBadShare}; ` +
      `question ${refused[0]?.id ?? 'without an id'}: ${refused[0]?.why ?? ''}`,
    { hint: 'collect.api.base_url must be a Stack Exchange API that heeds filter=withbody' },
  );
