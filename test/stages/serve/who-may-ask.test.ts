import { connect } from 'node:net';
import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { eventually, withServer } from './running.ts';

suite('who may ask, and how often', (test) => {
  const keys = ['a-key-of-some-length', 'another-key-of-length'];
  table(
    test,
    [
      { name: 'no key', headers: {}, status: 401 },
      { name: 'a wrong key', headers: { 'x-api-key': 'a-key-of-some-lengtH' }, status: 401 },
      { name: 'a part of a key', headers: { authorization: 'Bearer a-key' }, status: 401 },
      { name: 'Basic', headers: { authorization: 'Basic YTpi' }, status: 401 },
      { name: 'X-API-Key', headers: { 'x-api-key': keys[1]! }, status: 200 },
      { name: 'Bearer', headers: { authorization: `Bearer ${keys[0]!}` }, status: 200 },
    ],
    ({ headers, status }) =>
      withServer({ apiKeys: keys }, async ({ post, get }) => {
        assert.is((await post('/predict', { title: 'red' }, headers)).status, status);
        assert.is((await post('/invocations', { instances: ['red'] }, headers)).status, status);
        for (const open of ['/', '/health/live', '/health/ready', '/metrics', '/openapi.json']) {
          assert.is((await get(open)).status, 200, open);
        }
      }),
  );
  test('beyond the rate: 429 and when to come again, for wrong keys too; health is answered still', () =>
    withServer({ apiKeys: keys, limits: { requestsPerMinute: 3 } }, async ({ post, get }) => {
      for (let i = 0; i < 3; i++) assert.is((await post('/predict', { title: 'red' })).status, 401);
      const { status, json, headers } = await post('/predict', { title: 'red' });
      assert.is(status, 429);
      assert.match((json as { readonly detail: string }).detail, '3 requests in a minute');
      assert.ok(Number(headers.get('retry-after')) > 0);
      assert.is((await get('/health/ready')).status, 200);
    }));
});

suite('connections beyond what the process has files for', (test) => {
  test('are closed at once; those before them are answered', () =>
    withServer({ limits: { connections: 5 } }, async ({ url, post }) => {
      const sockets = Array.from({ length: 20 }, () =>
        connect(Number(new URL(url).port), '127.0.0.1')
          .on('error', () => undefined)
          .resume(),
      );
      const areClosed = (): boolean => sockets.filter(({ closed }) => closed).length === 15;
      await eventually('15 are closed', () => Promise.resolve(areClosed()));
      for (const socket of sockets) socket.destroy();
      await eventually('an answer', () =>
        post('/predict', { title: 'red' }).then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
    }));
});
