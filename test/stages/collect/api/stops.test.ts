import { readFile, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { suite, table } from '../../../support/suite.ts';
import { collect, failureOf, MONTH_SECONDS, steppedClock, withDirectory } from './collecting.ts';
import { type Asked, type Fault, makeItems, withReplay } from './replay-server.ts';

const ITEMS = makeItems(450, { fromSeconds: MONTH_SECONDS });
const pagesAsked = (asked: readonly Asked[]): readonly string[] =>
  asked.map(({ query }) => query['page'] ?? '');
const throttle = (seconds: number): Fault => ({
  kind: 'answer',
  status: 400,
  body: JSON.stringify({
    error_id: 502,
    error_name: 'throttle_violation',
    error_message: `too many requests from this IP, more requests available in ${seconds} seconds`,
  }),
});

suite('collectMonth() stops and says how to go on', (test) => {
  table(
    test,
    [
      { name: 'when the quota is used up', remaining: 0 },
      { name: 'when it is overdrawn', remaining: -1 },
    ],
    ({ remaining }) =>
      withReplay(
        {
          items: ITEMS,
          fault: (number) =>
            number === 3 ? { kind: 'wrapper', fields: { quota_remaining: remaining } } : undefined,
        },
        (server) =>
          withDirectory(async (directory) => {
            const { message, hint } = await failureOf(collect({ server, directory }));
            assert.is(
              message,
              `Today's quota of the Stack Exchange API is used up: ${remaining} of 300 requests are left`,
            );
            assert.match(hint, 'run it again and it goes on there');
            assert.match(hint, 'STACK_EXCHANGE_KEY');
            const { questions } = await collect({ server, directory });
            assert.is(questions.length, 450);
            assert.equal(pagesAsked(server.asked), ['1', '2', '3', '4', '5']);
          }),
      ),
  );
  test('not when the quota ends with the last page', () =>
    withReplay(
      { items: ITEMS.slice(0, 20), fault: () => ({ kind: 'wrapper', fields: { quota_remaining: 0 } }) },
      async (server) => assert.is((await collect({ server })).questions.length, 20),
    ));
  test('when no more requests are taken for hours', () =>
    withReplay(
      { items: ITEMS, fault: (number) => (number === 2 ? throttle(76_366) : undefined) },
      async (server) => {
        const { message, hint } = await failureOf(collect({ server }));
        assert.is(
          message,
          'The Stack Exchange API takes no more requests from this address for 21 h 13 min, until 2020-01-01 21:12 UTC',
        );
        assert.match(hint, 'What was collected is kept');
        assert.is(server.asked.length, 2);
      },
    ));
  test('when there is no answer at all', () =>
    withReplay({ items: ITEMS, fault: () => ({ kind: 'drop' }) }, async (server) => {
      const { message, hint } = await failureOf(collect({ server }));
      assert.is(message, 'The Stack Exchange API gave no page 1 in 8 attempts: the connection was lost');
      assert.match(hint, server.baseUrl);
      assert.is(server.asked.length, 8);
    }));
  const refuse = (id: number, name: string, message: string): Fault => ({
    kind: 'answer',
    status: 400,
    body: JSON.stringify({ error_id: id, error_name: name, error_message: message }),
  });
  table<{ readonly name: string; readonly fault: Fault; readonly hint: string }>(
    test,
    [
      {
        name: 'a wrong site',
        fault: refuse(400, 'bad_parameter', 'No site found'),
        hint: 'collect.api.site',
      },
      {
        name: 'a wrong token',
        fault: refuse(402, 'invalid_access_token', 'x'),
        hint: 'STACK_EXCHANGE_ACCESS_TOKEN',
      },
      {
        name: 'a page that wants a key',
        fault: refuse(403, 'access_denied', 'page above 25 requires access token or app key'),
        hint: 'no pages after 25 without a key',
      },
      { name: 'a wrong address', fault: refuse(404, 'no_method', 'x'), hint: 'collect.api.base_url' },
      {
        name: 'an address where no API is',
        fault: { kind: 'answer', status: 404, body: '<html>' },
        hint: 'collect.api.base_url',
      },
      { name: 'a token without a key', fault: refuse(405, 'key_required', 'x'), hint: 'STACK_EXCHANGE_KEY' },
    ],
    ({ fault, hint }) =>
      withReplay({ items: ITEMS, fault: () => fault }, async (server) => {
        const failure = await failureOf(collect({ server }));
        assert.match(failure.message, 'The Stack Exchange API refuses: ');
        assert.match(failure.hint, hint);
        assert.is(server.asked.length, 1);
      }),
  );
  test('when the server gives the same page again and again', () =>
    withReplay({ items: ITEMS }, (server) =>
      withReplay(
        {
          items: [],
          fault: () => ({ kind: 'wrapper', fields: { items: ITEMS.slice(0, 100), has_more: true } }),
        },
        async (stuck) => {
          const { message } = await failureOf(collect({ server: stuck }));
          assert.match(message, 'the same questions again and again');
          assert.is(stuck.asked.length, 3);
          assert.is(server.asked.length, 0);
        },
      ),
    ));
});

suite('collectMonth() does not take a month that is not over', (test) => {
  const clock = () => steppedClock(Date.UTC(2019, 2, 20));
  test('and says when it is', () =>
    withReplay({ items: ITEMS }, async (server) => {
      const { message, hint } = await failureOf(collect({ server, clock: clock() }));
      assert.is(message, 'Cannot collect 2019-03: it is not over before 2019-04-01 00:00 UTC');
      assert.match(hint, 'collect.api.allow_open_month: true');
      assert.match(hint, 'end months.watch with 2019-02');
      assert.is(server.asked.length, 0);
    }));
  test('unless that is allowed: then its counts say so', () =>
    withReplay({ items: ITEMS }, async (server) => {
      const { counts, log } = await collect({ server, clock: clock(), allowsOpenMonth: true });
      assert.is(counts.closed, false);
      assert.match(log[0]!, '2019-03 is not over');
    }));
  test('nor one that has not begun', () =>
    withReplay({ items: ITEMS }, async (server) => {
      const setting = { server, clock: clock(), month: '2019-04', allowsOpenMonth: true };
      assert.is((await failureOf(collect(setting))).message, 'Cannot collect 2019-04: it has not begun');
    }));
  test('and takes it from its end on', () =>
    withReplay({ items: ITEMS }, async (server) => {
      const { counts } = await collect({ server, clock: steppedClock(Date.UTC(2019, 3, 1)) });
      assert.is(counts.closed, true);
    }));
});

suite('collectMonth() goes on where it was', (test) => {
  const stopAt =
    (number: number) =>
    (asked: number): Fault | undefined =>
      asked === number ? throttle(5_000) : undefined;
  test('wherever it was stopped: no page is asked for twice, and the bytes are those of an undisturbed run', () =>
    withReplay({ items: ITEMS }, async (quiet) => {
      const undisturbed = await collect({ server: quiet });
      for (const stopped of [1, 2, 3, 4, 5]) {
        await withReplay({ items: ITEMS, fault: stopAt(stopped) }, (server) =>
          withDirectory(async (directory) => {
            await failureOf(collect({ server, directory }));
            const resumed = await collect({ server, directory });
            assert.is(resumed.bytes, undisturbed.bytes);
            assert.equal(resumed.counts, undisturbed.counts);
            const answered = pagesAsked(server.asked).filter((_page, i) => i !== stopped - 1);
            assert.equal(answered, ['1', '2', '3', '4', '5']);
          }),
        );
      }
    }));
  test('after a day by date: what was deleted meanwhile hides nothing', () =>
    withDirectory(async (directory) => {
      const clock = steppedClock();
      const first = await withReplay({ items: ITEMS, fault: stopAt(3) }, async (server) => {
        await failureOf(collect({ server, directory, clock }));
        return server.asked.length;
      });
      assert.is(first, 3);
      clock.step(86_400_000);
      await withReplay({ items: ITEMS.slice(50) }, async (server) => {
        const { questions } = await collect({ server, directory, clock });
        assert.is(questions.length, 450);
        assert.is(server.asked[0]?.query['page'], '1');
        assert.is(server.asked[0]?.query['fromdate'], String(MONTH_SECONDS + 199 * 60));
        assert.is(server.asked.length, 3);
      });
    }));
  test('a page that is damaged is asked for again', () =>
    withReplay({ items: ITEMS, fault: stopAt(4) }, (server) =>
      withDirectory(async (directory) => {
        await failureOf(collect({ server, directory }));
        const page = `${directory}/page-3.json`;
        await writeFile(page, (await readFile(page, 'utf8')).slice(0, 100));
        assert.is((await collect({ server, directory })).questions.length, 450);
        assert.equal(pagesAsked(server.asked), ['1', '2', '3', '4', '3', '4', '5']);
      }),
    ));
  test('cancelled while it waits for an answer, it ends at once', () =>
    withReplay(
      { items: ITEMS, fault: (number) => (number === 2 ? { kind: 'hang' } : undefined) },
      async (server) => {
        const stop = new AbortController();
        const watch = setInterval(() => {
          if (server.asked.length === 2) stop.abort(new Error('cancelled'));
        }, 5);
        try {
          await collect({ server, signal: stop.signal });
          assert.unreachable();
        } catch (error) {
          assert.is((error as Error).message, 'cancelled');
        } finally {
          clearInterval(watch);
        }
      },
    ));
});
