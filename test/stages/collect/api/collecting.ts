/**
 * A month collected from a server on this machine, with a clock that is stepped by those who wait.
 *
 * @module
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CollectedMonth, collectMonth } from '../../../../stages/collect/api/index.ts';
import type { Question } from '../../../../stages/io/index.ts';
import { createRandom } from '../../../../stages/learn/random/index.ts';
import type { ReplayServer } from './replay-server.ts';

const MONTH = '2019-03';
export const MONTH_SECONDS = Date.UTC(2019, 2, 1) / 1000;

export interface Setting {
  readonly server: ReplayServer;
  readonly month?: string;
  readonly tagged?: readonly string[];
  readonly key?: string;
  readonly accessToken?: string;
  readonly maxBadShare?: number;
  readonly allowsOpenMonth?: boolean;
  /** The checkpoint; a new one where nothing is said. */
  readonly directory?: string;
  readonly clock?: SteppedClock;
  readonly signal?: AbortSignal;
}

export interface Collected {
  readonly counts: CollectedMonth;
  readonly questions: readonly Question[];
  readonly bytes: string;
  readonly log: readonly string[];
  /** Of each wait, in seconds. */
  readonly waits: readonly number[];
}

export interface SteppedClock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly waits: number[];
  step(ms: number): void;
}

/** Time passes only while somebody sleeps, and then at once. */
export function steppedClock(startMs = Date.UTC(2020, 0, 1)): SteppedClock {
  let nowMs = startMs;
  const waits: number[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (ms) => {
      waits.push(ms / 1000);
      nowMs += ms;
      return Promise.resolve();
    },
    waits,
    step(ms) {
      nowMs += ms;
    },
  };
}

export async function withDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-test-api-'));
  try {
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export function collect(setting: Setting): Promise<Collected> {
  const { directory } = setting;
  return directory === undefined
    ? withDirectory((fresh) => collectInto(fresh, setting))
    : collectInto(directory, setting);
}

async function collectInto(directory: string, setting: Setting): Promise<Collected> {
  const { server, key, accessToken } = setting;
  const clock = setting.clock ?? steppedClock();
  const log: string[] = [];
  const out = join(directory, 'out.jsonl');
  const counts = await collectMonth(
    {
      month: setting.month ?? MONTH,
      request: {
        site: 'devops',
        baseUrl: server.baseUrl,
        tagged: setting.tagged ?? [],
        allowsOpenMonth: setting.allowsOpenMonth ?? false,
      },
      secrets: { key, accessToken },
      maxBadShare: setting.maxBadShare ?? 0,
      directory,
      out,
      onProgress: () => undefined,
    },
    {
      fetch,
      clock,
      random: createRandom('jitter'),
      log: (message) => log.push(message),
      inTurn: (work) => work(),
      signal: setting.signal ?? new AbortController().signal,
    },
  );
  const bytes = readFileSync(out, 'utf8');
  const questions = bytes
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Question);
  return { counts, questions, bytes, log, waits: clock.waits };
}

/** The failure that a collection ends in, with its hint. @throws {Error} If it succeeds. */
export async function failureOf(promise: Promise<unknown>): Promise<{ message: string; hint: string }> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'StageFailure') throw error;
    return { message: error.message, hint: (error as Error & { hint?: string }).hint ?? '' };
  }
  throw new Error('It did not fail');
}
