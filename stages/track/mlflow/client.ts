/**
 * MLflow's REST API, call by call: what passes is tried again, what does not is a `TrackerFailure`.
 *
 * @module
 * @see https://mlflow.org/docs/latest/api_reference/rest-api.html
 */

import {
  type Attempt,
  type Clock,
  type Exchange,
  exchange,
  type Fetch,
  type HttpRequest,
  type RetryPolicy,
  retryAfterMs,
  withRetries,
} from '../../io/index.ts';
import { TrackerFailure } from '../tracker.ts';
import type { MlflowServer } from './server.ts';

export interface MlflowPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Uniform in [0, 1): spreads retries. */
  readonly random: () => number;
}

/** What the server says it will not do, by its code. */
interface Refusal {
  readonly kind: 'refusal';
  readonly status: number;
  /** As `RESOURCE_DOES_NOT_EXIST`; empty where it gives none. */
  readonly code: string;
  readonly message: string;
}

type Method = NonNullable<HttpRequest['method']>;
type Query = Readonly<Record<string, string>>;

export interface MlflowClient {
  /** @throws {TrackerFailure} If it is refused, or has no answer. */
  readonly call: (method: Method, path: string, body: object | Query) => Promise<unknown>;
  /** As `call`. @returns Undefined where it is refused by one of these codes. */
  readonly callUnless: (
    codes: readonly string[],
    method: Method,
    path: string,
    body: object | Query,
  ) => Promise<unknown>;
  /** @param place As `mlflow-artifacts:/1/RUN/artifacts`, a name appended. */
  readonly putArtifact: (place: string, name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
}

/** An upload of a model may take long; the time for all of it is limited elsewhere. */
const TIMEOUT_MS = 5_000;
const UPLOAD_TIMEOUT_MS = 60_000;

const POLICY: RetryPolicy = { attempts: 3, firstDelayMs: 250, longestDelayMs: 2_000, longestWaitMs: 5_000 };

const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

const ARTIFACTS = 'mlflow-artifacts:';

/** Codes of refusals. */
export const EXISTS = 'RESOURCE_ALREADY_EXISTS';
export const MISSING = 'RESOURCE_DOES_NOT_EXIST';
export const INVALID = 'INVALID_PARAMETER_VALUE';

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && (answer as Partial<Refusal>).kind === 'refusal';

export function mlflowClient(server: MlflowServer, ports: MlflowPorts, signal: AbortSignal): MlflowClient {
  const send = async (request: Omit<HttpRequest, 'headers'>, type: string): Promise<unknown> => {
    const headers = {
      accept: 'application/json',
      'user-agent': 'dvc-like',
      ...(request.body === undefined ? {} : { 'content-type': type }),
      ...(server.authorization === undefined ? {} : { authorization: server.authorization }),
    };
    const attempt = async (): Promise<Attempt<unknown>> =>
      judge(await exchange({ ...request, headers }, ports.fetch, signal), ports.clock.nowMs());
    const outcome = await withRetries(attempt, POLICY, ports, { signal });
    if (outcome.kind === 'done') return outcome.value;
    throw new TrackerFailure('unavailable', `MLflow at ${server.base} cannot be told: ${outcome.why}`);
  };
  const ask: MlflowClient['call'] = (method, path, body) => {
    const url = new URL(`${server.base}/api/2.0/mlflow/${path}`);
    if (method !== 'GET') {
      return send({ url, method, body: JSON.stringify(body), timeoutMs: TIMEOUT_MS }, 'application/json');
    }
    for (const [name, value] of Object.entries(body as Query)) url.searchParams.set(name, value);
    return send({ url, timeoutMs: TIMEOUT_MS }, 'application/json');
  };
  return {
    callUnless: async (codes, method, path, body) => {
      const answer = await ask(method, path, body);
      return isRefusal(answer) && codes.includes(answer.code) ? undefined : orThrow(answer, path);
    },
    call: async (method, path, body) => orThrow(await ask(method, path, body), path),
    putArtifact: async (place, name, body) => {
      if (!place.startsWith(`${ARTIFACTS}/`)) {
        throw new TrackerFailure('refused', `MLflow does not serve artifacts itself, but from "${place}"`);
      }
      const path = `${place.slice(ARTIFACTS.length + 1)}/${name}`
        .split('/')
        .map(encodeURIComponent)
        .join('/');
      const url = new URL(`${server.base}/api/2.0/mlflow-artifacts/artifacts/${path}`);
      const request = { url, method: 'PUT', body, timeoutMs: UPLOAD_TIMEOUT_MS } as const;
      orThrow(await send(request, 'application/octet-stream'), name);
    },
  };
}

function orThrow(answer: unknown, what: string): unknown {
  if (!isRefusal(answer)) return answer;
  const { status, code, message } = answer;
  // Who may not ask this may ask nothing.
  const kind = status === 401 || status === 403 ? 'unavailable' : 'refused';
  const why = [`HTTP ${status}`, code, message].filter((part) => part !== '').join(', ');
  throw new TrackerFailure(kind, `MLflow refuses "${what}": ${why}`);
}

const LONGEST_MESSAGE = 300;

function judge(exchanged: Exchange, nowMs: number): Attempt<unknown> {
  if (exchanged.kind === 'no-answer') return { kind: 'again', why: exchanged.why, waitMs: undefined };
  const { status, headers, text } = exchanged;
  if (PASSING.has(status)) {
    return { kind: 'again', why: `HTTP ${status}`, waitMs: retryAfterMs(headers, nowMs) };
  }
  const json = parse(text);
  if (status < 400 && (json !== undefined || text === '')) return { kind: 'done', value: json ?? {} };
  if (status < 400) return { kind: 'done', value: { kind: 'refusal', status, code: '', message: 'no JSON' } };
  const { error_code: code = '', message = text } = (json ?? {}) as { error_code?: string; message?: string };
  const refusal: Refusal = { kind: 'refusal', status, code, message: message.slice(0, LONGEST_MESSAGE) };
  return { kind: 'done', value: refusal };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
