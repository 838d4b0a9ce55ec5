/**
 * A Stack Exchange API on this machine: it gives recorded questions as the real one gives its own, in pages of the
 * size that is asked for, gzipped, and misbehaves on request.
 *
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** As the API gives it. */
export type Item = Readonly<Record<string, unknown>> & {
  readonly question_id: number;
  readonly creation_date: number;
};

export interface Asked {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What becomes of one request; `undefined`: it is answered. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Record<string, string>;
    }
  /** Fields of the wrapper are added or replaced. */
  | { readonly kind: 'wrapper'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'break-off' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'hang' };

export interface ReplayServer {
  readonly baseUrl: string;
  /** In order. */
  readonly asked: readonly Asked[];
}

interface ReplayOptions {
  readonly items: readonly Item[];
  /** @param number Of the request, from 1 on. */
  readonly fault?: (number: number, asked: Asked) => Fault | undefined;
}

export async function withReplay<T>(
  { items, fault }: ReplayOptions,
  body: (server: ReplayServer) => Promise<T>,
): Promise<T> {
  const asked: Asked[] = [];
  const sorted = [...items].sort(
    (a, b) => a.creation_date - b.creation_date || a.question_id - b.question_id,
  );
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const one = { path: url.pathname, query: Object.fromEntries(url.searchParams) };
    asked.push(one);
    respond(response, answerTo(one, sorted), fault?.(asked.length, one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await body({ baseUrl: `http://127.0.0.1:${port}/2.3`, asked });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const refuse = (id: number, name: string, message: string): Answered => ({
  status: 400,
  body: { error_id: id, error_message: message, error_name: name },
});

function answerTo({ path, query }: Asked, sorted: readonly Item[]): Answered {
  const { page = '1', pagesize = '30', fromdate = '0', todate = '9999999999', tagged = '' } = query;
  if (path !== '/2.3/questions') return refuse(404, 'no_method', 'this method does not exist');
  if (query['site'] === undefined) return refuse(400, 'bad_parameter', 'site is required');
  if (Number(pagesize) > 100) return refuse(400, 'bad_parameter', 'pagesize');
  if (query['sort'] !== 'creation' || query['order'] !== 'asc') return refuse(400, 'bad_parameter', 'sort');
  if (Number(page) > 25 && query['key'] === undefined) {
    return refuse(403, 'access_denied', 'page above 25 requires access token or app key');
  }
  const found = sorted.filter(
    (item) =>
      item.creation_date >= Number(fromdate) &&
      item.creation_date <= Number(todate) &&
      tagged.split(';').every((tag) => tag === '' || (item['tags'] as readonly string[]).includes(tag)),
  );
  const start = (Number(page) - 1) * Number(pagesize);
  const items = found.slice(start, start + Number(pagesize));
  const isWhole = query['filter'] === 'withbody';
  return {
    status: 200,
    body: {
      items: isWhole ? items : items.map(({ body: _body, ...rest }) => rest),
      has_more: start + items.length < found.length,
      quota_max: 300,
      quota_remaining: 250,
    },
  };
}

function respond(response: ServerResponse, { status, body }: Answered, fault: Fault | undefined): void {
  const json = (fields: object): Buffer => gzipSync(JSON.stringify({ ...body, ...fields }));
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' };
  switch (fault?.kind) {
    case undefined:
      response.writeHead(status, headers).end(json({}));
      return;
    case 'wrapper':
      response.writeHead(status, headers).end(json(fault.fields));
      return;
    case 'answer':
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    case 'break-off': {
      const text = JSON.stringify(body);
      response.writeHead(200).end(text.slice(0, text.length / 2));
      return;
    }
    case 'drop':
      response.destroy();
      return;
    case 'hang':
  }
}

const SHARED = fileURLToPath(new URL('../../../../../../shared/', import.meta.url));
const FOLDERS = ['data/raw/api', 'mlops/se_api'];

/** Whether recorded pages of the real API are here. */
export const HAS_RECORDS = FOLDERS.every((folder) => existsSync(`${SHARED}${folder}`));

/** The recorded files, by name: pages, lists of items, and errors. */
export function records(): ReadonlyMap<string, unknown> {
  const read = (folder: string): readonly (readonly [string, unknown])[] =>
    readdirSync(`${SHARED}${folder}`)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(`${SHARED}${folder}/${name}`, 'utf8')) as unknown]);
  return new Map(FOLDERS.flatMap(read));
}

/** The items of a recorded page, or of a list of items. */
export const itemsOf = (record: unknown): readonly Item[] =>
  (Array.isArray(record) ? record : ((record as { items?: unknown }).items ?? [])) as readonly Item[];

/** Made-up questions of a time, one each `everySeconds`. */
export function makeItems(
  count: number,
  { fromSeconds, everySeconds = 60 }: { readonly fromSeconds: number; readonly everySeconds?: number },
): readonly Item[] {
  return Array.from({ length: count }, (_, i) => ({
    question_id: 1000 + i,
    creation_date: fromSeconds + i * everySeconds,
    title: `Why isn&#39;t question ${i} answered?`,
    body: `<p>Body ${i}</p>`,
    tags: ['a', i % 2 === 0 ? 'even' : 'odd'],
    link: `https://devops.stackexchange.com/questions/${1000 + i}/why`,
    content_license: 'CC BY-SA 4.0',
  }));
}
