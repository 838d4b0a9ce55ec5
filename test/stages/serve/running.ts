/**
 * A server in this process, on a port of its own.
 *
 * @module
 */

import { systemClock } from '../../../stages/io/index.ts';
import { DEFAULT_LIMITS, type ServerSettings, startServer } from '../../../stages/serve/index.ts';
import { withSmallModel } from './small-model.ts';

export interface Running {
  readonly url: string;
  readonly model: string;
  /** A directory for what else a test needs. */
  readonly top: string;
  readonly log: readonly string[];
  readonly close: () => Promise<void>;
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  /** The value of a metric, with its labels as they stand in the text. */
  readonly metric: (name: string) => Promise<number | undefined>;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  /** What the text is as JSON. */
  readonly json: never;
}

export function withServer<T>(
  settings: Partial<Omit<ServerSettings, 'limits'>> & { readonly limits?: Partial<ServerSettings['limits']> },
  body: (running: Running) => Promise<T>,
): Promise<T> {
  return withSmallModel(async (model, top) => {
    const log: string[] = [];
    const { url, close } = await startServer(
      {
        model,
        host: '127.0.0.1',
        port: 0,
        apiKeys: [],
        reloadEveryMs: 20,
        drainMs: 0,
        windowQuestions: 200,
        predictionLog: undefined,
        trustProxy: false,
        ...settings,
        limits: { ...DEFAULT_LIMITS, requestsPerMinute: 0, lagMs: 60_000, ...settings.limits },
      },
      { clock: systemClock, log: (line) => log.push(line) },
    );
    let closing: Promise<void> | undefined;
    const closeOnce = (): Promise<void> => (closing ??= close());
    const ask = async (path: string, init: RequestInit): Promise<Answer> => {
      const response = await fetch(url + path, init);
      const text = await response.text();
      const type = response.headers.get('content-type') ?? '';
      return {
        status: response.status,
        type,
        headers: response.headers,
        text,
        json: (type.includes('json') ? JSON.parse(text) : undefined) as never,
      };
    };
    const get: Running['get'] = (path, headers = {}) => ask(path, { headers });
    try {
      return await body({
        url,
        model,
        top,
        log,
        close: closeOnce,
        get,
        post: (path, value, headers = {}) =>
          ask(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: typeof value === 'string' ? value : JSON.stringify(value),
          }),
        metric: async (name) => {
          const { text } = await get('/metrics');
          const line = text.split('\n').find((each) => each.startsWith(`${name} `));
          return line === undefined ? undefined : Number(line.slice(name.length + 1));
        },
      });
    } finally {
      await closeOnce();
    }
  });
}

/** Asks again until it holds. @throws {Error} After half a minute. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 3000; attempt++) {
    if (await holds()) return;
    await systemClock.sleep(10);
  }
  throw new Error(`It never came: ${what}`);
}
