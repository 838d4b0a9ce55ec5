/**
 * What an operator can set, and what holds where nothing is said.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';

export interface ServerSettings {
  /** Directory of the model. */
  readonly model: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Who may ask: none named, everybody. */
  readonly apiKeys: readonly string[];
  readonly limits: Limits;
  /** How often the model's directory is looked at. */
  readonly reloadEveryMs: number;
  /** When it is told to stop: so long it answers, and says it is not ready, so that no new requests are sent. */
  readonly drainMs: number;
  /** Questions that are compared with those of training: the last so many that are watched. */
  readonly windowQuestions: number;
  /** Where predictions are written, without texts; undefined: nowhere. */
  readonly predictionLog: PredictionLogSettings | undefined;
  /** Whether `X-Forwarded-For` says who asks: only behind a proxy that sets it. */
  readonly trustProxy: boolean;
}

export interface PredictionLogSettings {
  readonly path: string;
  /** A file that has grown beyond becomes `PATH.1`, the one before `PATH.2`. */
  readonly maxBytes: number;
  /** So many old files are kept. */
  readonly keep: number;
}

export interface Limits {
  /** Of a request's body. */
  readonly bodyBytes: number;
  /** Questions of a request. */
  readonly batch: number;
  /** Characters of a question's title. */
  readonly titleLength: number;
  /** Characters of a question's body. */
  readonly bodyLength: number;
  /** Requests of one client in a minute; 0: any number. */
  readonly requestsPerMinute: number;
  /** Open at once; each is a file of the process, and without files to open it would end. */
  readonly connections: number;
  /** To receive a request, and to answer it; and once told to stop, for what has begun. */
  readonly timeoutMs: number;
  /** How late timers may come, on average over as long, before questions are sent away. */
  readonly lagMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 1 << 20,
  batch: 100,
  titleLength: 1000,
  bodyLength: 100_000,
  requestsPerMinute: 600,
  // Below the 1024 files that many systems allow a process.
  connections: 900,
  timeoutMs: 10_000,
  lagMs: 1000,
};

const API_KEYS_VARIABLE = 'SO_TAGGER_API_KEYS';
const SHORTEST_KEY = 16;

/**
 * @param environment Its `SO_TAGGER_API_KEYS` has keys with commas between them.
 * @throws {StageFailure} If a key is so short that it can be guessed.
 */
export function apiKeysOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const keys = (environment[API_KEYS_VARIABLE] ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (keys.some((key) => key.length < SHORTEST_KEY)) {
    throw new StageFailure(
      `Cannot use ${API_KEYS_VARIABLE}: a key has fewer than ${SHORTEST_KEY} characters`,
      {
        hint: 'make one with "openssl rand -hex 24"',
      },
    );
  }
  return keys;
}
