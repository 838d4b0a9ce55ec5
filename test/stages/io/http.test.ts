import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { exchange, retryAfterMs } from '../../../stages/io/index.ts';
import { suite, table } from '../../support/suite.ts';

async function withServer<T>(listener: RequestListener, body: (url: URL) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await body(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x?secret=s3`));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

suite('exchange() gives the answer', (test) => {
  test('of any status, inflated', () =>
    withServer(
      (_request, response) => {
        response.writeHead(418, { 'content-encoding': 'gzip', 'x-a': 'b' }).end(gzipSync('tëa'));
      },
      async (url) => {
        const exchanged = await exchange({ url, timeoutMs: 5_000 }, fetch);
        if (exchanged.kind !== 'answer') throw new Error(exchanged.why);
        assert.is(exchanged.status, 418);
        assert.is(exchanged.text, 'tëa');
        assert.is(exchanged.headers.get('x-a'), 'b');
      },
    ));
  test('to what it sends', () =>
    withServer(
      (request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        request.on('end', () =>
          response.end(`${request.method ?? ''} ${request.headers['x-a'] as string} ${body}`),
        );
      },
      async (url) => {
        const request = {
          url,
          method: 'POST',
          headers: { 'x-a': '1' },
          body: '{}',
          timeoutMs: 5_000,
        } as const;
        const exchanged = await exchange(request, fetch);
        assert.is(exchanged.kind === 'answer' && exchanged.text, 'POST 1 {}');
      },
    ));
});

suite('exchange() says why there is no answer, without the address', (test) => {
  const hidden = (why: string): void => {
    assert.not.match(why, /s3|127\.0/);
  };
  test('when nobody listens', async () => {
    const url = await withServer(
      () => undefined,
      (free) => Promise.resolve(free),
    );
    assert.equal(await exchange({ url, timeoutMs: 5_000 }, fetch), {
      kind: 'no-answer',
      why: 'the connection was refused',
    });
  });
  table<{ readonly name: string; readonly listener: RequestListener; readonly why: string }>(
    test,
    [
      {
        name: 'when the connection is cut',
        listener: (_request, response) => response.destroy(),
        why: 'the connection was lost',
      },
      {
        name: 'when it is cut within the body',
        listener: (_request, response) => {
          response.writeHead(200, { 'content-length': '100' });
          response.write('{"items', () => response.destroy());
        },
        why: 'the connection was lost',
      },
      {
        name: 'when the body is not the gzip that it says',
        listener: (_request, response) => {
          response.writeHead(200, { 'content-encoding': 'gzip' }).end('<html>');
        },
        why: 'the request failed (Z_DATA_ERROR)',
      },
      {
        name: 'when it does not come in time',
        listener: () => undefined,
        why: 'no whole answer within 0.2 s',
      },
      {
        name: 'when its end does not come in time',
        listener: (_request, response) => {
          response.writeHead(200).write('{"items');
        },
        why: 'no whole answer within 0.2 s',
      },
    ],
    ({ listener, why }) =>
      withServer(listener, async (url) => {
        const exchanged = await exchange({ url, timeoutMs: 200 }, fetch);
        assert.equal(exchanged, { kind: 'no-answer', why });
        hidden(why);
      }),
  );
  test('but throws when it is cancelled', () =>
    withServer(
      () => undefined,
      async (url) => {
        const stop = new AbortController();
        const asked = exchange({ url, timeoutMs: 5_000 }, fetch, stop.signal);
        stop.abort(new Error('cancelled'));
        try {
          await asked;
          assert.unreachable();
        } catch (error) {
          assert.is((error as Error).message, 'cancelled');
        }
      },
    ));
});

suite('retryAfterMs() reads Retry-After', (test) => {
  const NOW_MS = Date.UTC(2020, 0, 1, 12);
  table(
    test,
    [
      { name: 'in seconds', value: '120', ms: 120_000 },
      { name: 'as a date', value: 'Wed, 01 Jan 2020 12:00:30 GMT', ms: 30_000 },
      { name: 'as a date that has passed', value: 'Wed, 01 Jan 2020 11:00:00 GMT', ms: 0 },
      { name: 'not from what is neither', value: 'soon', ms: undefined },
    ],
    ({ value, ms }) => assert.is(retryAfterMs(new Headers({ 'retry-after': value }), NOW_MS), ms),
  );
  test('not where there is none', () => assert.is(retryAfterMs(new Headers(), NOW_MS), undefined));
});
