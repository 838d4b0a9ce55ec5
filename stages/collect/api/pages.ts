/**
 * The pages of a month's questions, by date: those that are kept, then the others from the API.
 *
 * Within a window of time pages are numbered, and the API gives no page after the 25th without a key. The window is
 * then narrowed: it begins anew at the last date that was seen. So it does where a collection goes on after a pause:
 * questions deleted in between have moved the others to earlier pages. What comes twice is given once.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { ApiRequest } from '../../io/index.ts';
import { type ApiPorts, askForPage, type Place } from './ask.ts';
import type { Checkpoint, KeptPage } from './checkpoint.ts';
import { explainQuota } from './explain.ts';
import { creationSecondsOf, idOf } from './item.ts';
import { KEY_VARIABLE, type Secrets } from './secrets.ts';
import type { Window } from './window.ts';

export interface Page {
  /** Of the whole collection, from 1 on. */
  readonly number: number;
  /** Those that were on no page before. */
  readonly items: readonly unknown[];
  /** How many were. */
  readonly duplicates: number;
  /** The latest date so far, seconds since 1970. */
  readonly reachedSeconds: number;
}

const LAST_PAGE_WITHOUT_KEY = 25;
const PAUSE_MS = 3_600_000;

/** @throws {StageFailure} If the API refuses, its quota is used up, or its pages do not go on. */
export async function* pagesOf(
  request: ApiRequest,
  { fromSeconds, toSeconds }: Window,
  secrets: Secrets,
  checkpoint: Checkpoint,
  ports: ApiPorts,
): AsyncGenerator<Page> {
  const seen = new Set<number>();
  let place: Place = { fromSeconds, toSeconds, page: 1 };
  let reachedSeconds = fromSeconds;
  let last: KeptPage | undefined;
  let barren = 0;
  for (let number = 1; ; number++) {
    const page =
      checkpoint.read(number) ?? (await ask(request, place, number, last, secrets, checkpoint, ports));
    const before = seen.size;
    const items = page.items.filter((item) => {
      const id = idOf(item);
      return id === undefined || (!seen.has(id) && seen.add(id));
    });
    for (const seconds of page.items.map(creationSecondsOf)) {
      if (seconds !== undefined && seconds <= toSeconds) reachedSeconds = Math.max(reachedSeconds, seconds);
    }
    yield { number, items, duplicates: page.items.length - items.length, reachedSeconds };
    if (!page.hasMore) return;
    barren = seen.size === before ? barren + 1 : 0;
    if (barren > 1) throw goesRound(request);
    place = placeAfter(page, reachedSeconds, secrets, ports.clock.nowMs());
    last = page;
  }
}

/**
 * Asks for a page, keeps it, and leaves the API alone for as long as it wishes. One process at a time: what the API
 * counts is the address.
 *
 * @param last The page before, whose rest may not be over if its process was killed.
 */
function ask(
  request: ApiRequest,
  place: Place,
  number: number,
  last: KeptPage | undefined,
  secrets: Secrets,
  checkpoint: Checkpoint,
  ports: ApiPorts,
): Promise<KeptPage> {
  const { clock, log, signal } = ports;
  return ports.inTurn(async () => {
    const leftMs = last === undefined ? 0 : last.answeredAtMs + last.restMs - clock.nowMs();
    if (leftMs > 0) await clock.sleep(Math.min(leftMs, last?.restMs ?? 0), signal);
    const answer = await askForPage(request, place, secrets, ports);
    const { items, hasMore, quotaRemaining } = answer;
    // Its seconds are whole: one more is never too early.
    const restMs = answer.restSeconds > 0 ? (answer.restSeconds + 1) * 1000 : 0;
    const page: KeptPage = { place, items, hasMore, answeredAtMs: clock.nowMs(), restMs };
    checkpoint.write(number, page);
    if (hasMore && quotaRemaining !== undefined && quotaRemaining <= 0) {
      throw explainQuota(quotaRemaining, answer.quotaMax);
    }
    if (restMs > 0) {
      log(`Page ${number}: the API asks for ${answer.restSeconds} s of rest`);
      await clock.sleep(restMs, signal);
    }
    return page;
  });
}

/** Of the next page. */
function placeAfter(
  { place, answeredAtMs }: KeptPage,
  reachedSeconds: number,
  { key, accessToken }: Secrets,
  nowMs: number,
): Place {
  const isLast = place.page >= LAST_PAGE_WITHOUT_KEY && key === undefined && accessToken === undefined;
  const isNarrower = reachedSeconds > place.fromSeconds;
  if (isLast && !isNarrower) {
    throw new StageFailure(
      `More than ${LAST_PAGE_WITHOUT_KEY} pages of questions in one second: the Stack Exchange API does not give them without a key`,
      { hint: `set ${KEY_VARIABLE}` },
    );
  }
  const isPaused = nowMs - answeredAtMs > PAUSE_MS;
  return isNarrower && (isLast || isPaused)
    ? { ...place, fromSeconds: reachedSeconds, page: 1 }
    : { ...place, page: place.page + 1 };
}

const goesRound = ({ baseUrl }: ApiRequest): StageFailure =>
  new StageFailure('The Stack Exchange API gives the same questions again and again', {
    hint: `is ${baseUrl} the API? It does not heed "page", or "fromdate"`,
  });
