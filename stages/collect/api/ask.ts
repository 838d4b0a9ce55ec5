/**
 * One page of questions, asked for until it is there or there is no use in asking.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import {
  type ApiRequest,
  type Attempt,
  type Clock,
  type Exchange,
  exchange,
  type Fetch,
  type RetryPolicy,
  retryAfterMs,
  withRetries,
} from '../../io/index.ts';
import { type Answer, type AnsweredPage, readAnswer } from './answer.ts';
import { explainError, explainThrottle, throttledSeconds } from './explain.ts';
import type { Secrets } from './secrets.ts';

export interface ApiPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Uniform in [0, 1): spreads retries. */
  readonly random: () => number;
  readonly log: (message: string) => void;
  /** Does the work while no other process does such. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/** A page of the questions asked in a time, both ends included; in seconds since 1970. Pages count from 1. */
export interface Place {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly page: number;
}

/** The most that the API gives. */
const PAGE_SIZE = 100;

const TIMEOUT_MS = 60_000;

const POLICY: RetryPolicy = {
  attempts: 8,
  firstDelayMs: 1_000,
  longestDelayMs: 60_000,
  longestWaitMs: 300_000,
};

/** A ban lasts "30 seconds to a few minutes" and says nothing: https://api.stackexchange.com/docs/throttle */
const BAN_MS = 30_000;

const THROTTLE = 502;
const PASSING_ERRORS: ReadonlySet<number> = new Set([500, THROTTLE, 503]);

/** @throws {StageFailure} If the API refuses, or has no answer after all attempts. */
export async function askForPage(
  request: ApiRequest,
  place: Place,
  secrets: Secrets,
  ports: ApiPorts,
): Promise<AnsweredPage> {
  const { clock, fetch, log, random, signal } = ports;
  const url = urlOf(request, place, secrets);
  const headers = { accept: 'application/json', 'user-agent': 'dvc-like' };
  let last: Answer | undefined;
  const attempt = async (): Promise<Attempt<Answer>> => {
    const exchanged = await exchange({ url, headers, timeoutMs: TIMEOUT_MS }, fetch, signal);
    last = exchanged.kind === 'answer' ? readAnswer(exchanged.text, PAGE_SIZE) : undefined;
    return judge(exchanged, last, clock.nowMs());
  };
  const outcome = await withRetries(
    attempt,
    POLICY,
    { clock, random },
    {
      signal,
      onRetry: (why, delayMs) =>
        log(`Page ${place.page}: ${why}; trying again in ${Math.ceil(delayMs / 1000)} s`),
    },
  );
  if (outcome.kind === 'gave-up') {
    if (last?.kind === 'error' && last.id === THROTTLE) throw explainThrottle(last.message, clock.nowMs());
    throw new StageFailure(
      `The Stack Exchange API gave no page ${place.page} in ${outcome.attempts} attempts: ${outcome.why}`,
      { hint: `look whether ${request.baseUrl} can be reached from here, and run it again` },
    );
  }
  const answer = outcome.value;
  if (answer.kind === 'page') return answer;
  if (answer.kind === 'error') throw explainError(answer, secrets);
  throw new Error('Bug: an unreadable answer was not asked for again');
}

function judge(exchanged: Exchange, answer: Answer | undefined, nowMs: number): Attempt<Answer> {
  if (exchanged.kind === 'no-answer') return { kind: 'again', why: exchanged.why, waitMs: undefined };
  if (answer === undefined) throw new Error('Bug: an answer was not read');
  const { status, headers } = exchanged;
  const waitMs = retryAfterMs(headers, nowMs);
  switch (answer.kind) {
    case 'page':
      if (status < 400) return { kind: 'done', value: answer };
      return { kind: 'again', why: `HTTP ${status}`, waitMs };
    case 'unreadable': {
      if (status === 404) {
        return { kind: 'done', value: { kind: 'error', id: 404, name: 'HTTP', message: answer.why } };
      }
      const isBan = status === 429 || status === 503;
      const why = `HTTP ${status}, ${answer.why}`;
      return { kind: 'again', why, waitMs: waitMs ?? (isBan ? BAN_MS : undefined) };
    }
    case 'error': {
      if (!PASSING_ERRORS.has(answer.id)) return { kind: 'done', value: answer };
      const seconds = throttledSeconds(answer.message);
      const banMs = answer.id === THROTTLE ? BAN_MS : undefined;
      const why = `${answer.name === '' ? 'error' : answer.name} ${answer.id}`;
      return { kind: 'again', why, waitMs: seconds === undefined ? (waitMs ?? banMs) : seconds * 1000 };
    }
  }
}

/** @see https://api.stackexchange.com/docs/questions */
function urlOf({ site, baseUrl, tagged }: ApiRequest, place: Place, { key, accessToken }: Secrets): URL {
  const url = new URL(`${baseUrl}/questions`);
  const parameters = {
    site,
    fromdate: String(place.fromSeconds),
    todate: String(place.toSeconds),
    sort: 'creation',
    order: 'asc',
    page: String(place.page),
    pagesize: String(PAGE_SIZE),
    filter: 'withbody',
    ...(tagged.length === 0 ? {} : { tagged: tagged.join(';') }),
    ...(key === undefined ? {} : { key }),
    ...(accessToken === undefined ? {} : { access_token: accessToken }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
