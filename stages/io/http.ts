/**
 * One HTTP request, answered or not. Nothing here is retried; `withRetries` does.
 *
 * @module
 */

export interface HttpRequest {
  /** May hold secrets: it is in no text that comes back. */
  readonly url: URL;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Until the last byte of the answer. */
  readonly timeoutMs: number;
}

export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      /** Inflated where it came compressed; UTF-8. */
      readonly text: string;
    }
  /** No connection, a lost one, or no end of the answer in time. */
  | { readonly kind: 'no-answer'; readonly why: string };

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** @throws The signal's reason, once it is aborted. */
export async function exchange(request: HttpRequest, fetch: Fetch, signal?: AbortSignal): Promise<Exchange> {
  const { url, method = 'GET', headers = {}, body, timeoutMs } = request;
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: body ?? null,
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    });
    const text = await response.text();
    return { kind: 'answer', status: response.status, headers: response.headers, text };
  } catch (error) {
    signal?.throwIfAborted();
    if (late.aborted) return { kind: 'no-answer', why: `no whole answer within ${timeoutMs / 1000} s` };
    // What fails in the network is a TypeError in fetch (and a DOMException elsewhere would be an abort).
    if (error instanceof TypeError) return { kind: 'no-answer', why: reasonOf(error) };
    throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was lost',
  UND_ERR_SOCKET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the name service gives no answer',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'the host gives no answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host gives no answer',
};

/** By the code of the cause: the messages of Node name addresses. */
function reasonOf({ cause, message }: TypeError): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code === undefined ? message : (REASONS[code] ?? `the request failed (${code})`);
}

/**
 * The wait that an answer asks for by `Retry-After`: seconds, or a date.
 *
 * @returns Milliseconds, at least 0; `undefined` where there is none that can be read.
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
