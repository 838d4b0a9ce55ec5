import * as assert from 'uvu/assert';
import { suite, table } from '../../../support/suite.ts';
import { collect, failureOf, MONTH_SECONDS, steppedClock, withDirectory } from './collecting.ts';
import { type Fault, makeItems, withReplay } from './replay-server.ts';

const FROM = { fromSeconds: MONTH_SECONDS };
const pagesAsked = (
  asked: readonly { readonly query: Readonly<Record<string, string>> }[],
): readonly string[] => asked.map(({ query }) => query['page'] ?? '');

suite('collectMonth() asks for a month', (test) => {
  test('from its first second to its last, by creation, with bodies', () =>
    withReplay({ items: makeItems(3, FROM) }, async (server) => {
      await collect({ server, tagged: ['a', 'c#'] });
      assert.equal(server.asked, [
        {
          path: '/2.3/questions',
          query: {
            site: 'devops',
            fromdate: '1551398400',
            todate: '1554076799',
            sort: 'creation',
            order: 'asc',
            page: '1',
            pagesize: '100',
            filter: 'withbody',
            tagged: 'a;c#',
          },
        },
      ]);
    }));
  test('page by page, and takes what is of the month', () =>
    withReplay({ items: makeItems(230, { fromSeconds: MONTH_SECONDS - 600 }) }, async (server) => {
      const { counts, questions } = await collect({ server });
      assert.equal(pagesAsked(server.asked), ['1', '2', '3']);
      assert.equal(counts, {
        questions: 220,
        rows: 220,
        refusedRows: 0,
        refused: [],
        otherMonths: 0,
        closed: true,
      });
      assert.equal(questions[0], {
        site: 'devops',
        id: 1010,
        title: 'Why isn&#39;t question 10 answered?',
        body: '<p>Body 10</p>',
        tags: ['a', 'even'],
        creationDate: '2019-03-01T00:00:00Z',
        link: 'https://devops.stackexchange.com/questions/1010/why',
        license: 'CC BY-SA 4.0',
      });
    }));
  test('without a question', () =>
    withReplay({ items: [] }, async (server) => {
      const { counts, bytes } = await collect({ server });
      assert.is(bytes, '');
      assert.is(counts.questions, 0);
      assert.is(server.asked.length, 1);
    }));
  test('with the key and the token, where there are such', () =>
    withReplay({ items: [] }, async (server) => {
      await collect({ server, key: 'k((', accessToken: 't)' });
      assert.is(server.asked[0]?.query['key'], 'k((');
      assert.is(server.asked[0]?.query['access_token'], 't)');
    }));
});

suite('collectMonth() passes page 25', (test) => {
  const items = makeItems(6_130, { ...FROM, everySeconds: 400 });
  test('without a key by a narrower time; each question once', () =>
    withReplay({ items }, async (server) => {
      const { questions } = await collect({ server });
      assert.is(questions.length, 6_130);
      const { asked } = server;
      assert.ok(asked.every(({ query }) => Number(query['page']) <= 25));
      assert.is(new Set(asked.map(({ query }) => query['fromdate'])).size, 3);
      assert.is(
        new Set(asked.map(({ query }) => `${query['fromdate']} ${query['page']}`)).size,
        asked.length,
      );
      assert.is(asked.length, 62);
    }));
  test('with a key by number; the same bytes', () =>
    withReplay({ items }, async (server) => {
      const withKey = await collect({ server, key: 'k' });
      assert.is(server.asked.at(-1)?.query['page'], '62');
      const without = await collect({ server });
      assert.is(withKey.bytes, without.bytes);
      assert.equal(withKey.counts, without.counts);
    }));
  test('but not where all of it is of one second', () =>
    withReplay({ items: makeItems(2_600, { ...FROM, everySeconds: 0 }) }, async (server) => {
      const { message, hint } = await failureOf(collect({ server }));
      assert.match(message, 'More than 25 pages of questions in one second');
      assert.match(hint, 'STACK_EXCHANGE_KEY');
      assert.is((await collect({ server, key: 'k' })).questions.length, 2_600);
    }));
});

interface Row {
  readonly name: string;
  readonly fault: Fault;
}

suite('collectMonth() gets over', (test) => {
  const items = makeItems(250, FROM);
  const html: Fault = { kind: 'answer', status: 200, body: '<html>Too many requests</html>' };
  const error = (id: number, name: string, message: string): Fault => ({
    kind: 'answer',
    status: 400,
    body: JSON.stringify({ error_id: id, error_name: name, error_message: message }),
  });
  table<Row & { readonly why: string }>(
    test,
    [
      { name: 'a lost connection', fault: { kind: 'drop' }, why: 'the connection was lost' },
      { name: 'HTML', fault: html, why: 'HTTP 200, HTML instead of JSON' },
      { name: 'JSON that breaks off', fault: { kind: 'break-off' }, why: 'JSON that breaks off' },
      { name: 'nothing', fault: { kind: 'answer', status: 200, body: '' }, why: 'an empty answer' },
      {
        name: 'other JSON',
        fault: { kind: 'answer', status: 200, body: '{"ok": true}' },
        why: 'JSON without "items"',
      },
      {
        name: 'status 500',
        fault: { kind: 'answer', status: 500, body: 'Oops' },
        why: 'HTTP 500, something that is not JSON',
      },
      { name: 'error 500', fault: error(500, 'internal_error', ''), why: 'internal_error 500' },
      {
        name: 'error 503',
        fault: error(503, 'temporarily_unavailable', ''),
        why: 'temporarily_unavailable 503',
      },
    ],
    ({ fault, why }) =>
      withReplay(
        { items, fault: (number) => (number === 2 || number === 3 ? fault : undefined) },
        async (server) => {
          const { questions, log, waits } = await collect({ server });
          assert.is(questions.length, 250);
          assert.equal(pagesAsked(server.asked), ['1', '2', '2', '2', '3']);
          assert.is(log.filter((line) => line.includes(why)).length, 2, log.join('\n'));
          assert.is(waits.length, 2);
          assert.ok(waits[0]! >= 0.5 && waits[0]! <= 1 && waits[1]! >= 1 && waits[1]! <= 2, waits.join());
        },
      ),
  );
  table<Row & { readonly seconds: number }>(
    test,
    [
      {
        name: 'a throttle that ends soon',
        fault: error(
          502,
          'throttle_violation',
          'too many requests from this IP, more requests available in 40 seconds',
        ),
        seconds: 40,
      },
      {
        name: 'a throttle that does not say when',
        fault: error(502, 'throttle_violation', 'too many'),
        seconds: 30,
      },
      {
        name: 'a ban with 429',
        fault: { kind: 'answer', status: 429, body: 'slow down' },
        seconds: 30,
      },
      {
        name: 'Retry-After with 503',
        fault: { kind: 'answer', status: 503, body: '', headers: { 'retry-after': '77' } },
        seconds: 77,
      },
    ],
    ({ fault, seconds }) =>
      withReplay({ items, fault: (number) => (number === 2 ? fault : undefined) }, async (server) => {
        const { questions, waits } = await collect({ server });
        assert.is(questions.length, 250);
        assert.equal(waits, [seconds]);
      }),
  );
});

suite('collectMonth() leaves the API alone when asked to', (test) => {
  const items = makeItems(250, FROM);
  test('for `backoff` seconds before the next page, and after the last', () =>
    withReplay(
      { items, fault: (number) => (number === 2 ? undefined : { kind: 'wrapper', fields: { backoff: 10 } }) },
      async (server) => assert.equal((await collect({ server })).waits, [11, 11]),
    ));
  test('also if it was killed meanwhile', () =>
    withReplay(
      {
        items,
        fault: (number) => (number === 1 ? { kind: 'wrapper', fields: { backoff: 100 } } : undefined),
      },
      (server) =>
        withDirectory(async (directory) => {
          const clock = steppedClock();
          const killed = { ...clock, sleep: () => Promise.reject(new Error('killed')) };
          try {
            await collect({ server, directory, clock: killed });
            assert.unreachable();
          } catch (failure) {
            assert.is((failure as Error).message, 'killed');
          }
          clock.step(30_000);
          const { questions, waits } = await collect({ server, directory, clock });
          assert.equal(waits, [71]);
          assert.is(questions.length, 250);
          assert.equal(pagesAsked(server.asked), ['1', '2', '3']);
        }),
    ));
});
