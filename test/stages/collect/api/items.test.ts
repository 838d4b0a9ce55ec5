import * as assert from 'uvu/assert';
import { cleanQuestions } from '../../../../stages/clean/clean-questions.ts';
import { readAnswer } from '../../../../stages/collect/api/answer.ts';
import { readItem } from '../../../../stages/collect/api/item.ts';
import { monthOf } from '../../../../stages/io/index.ts';
import { suite, table, unless } from '../../../support/suite.ts';
import { collect, failureOf, MONTH_SECONDS, steppedClock } from './collecting.ts';
import { HAS_RECORDS, type Item, itemsOf, makeItems, records, withReplay } from './replay-server.ts';

const ITEMS = makeItems(150, { fromSeconds: MONTH_SECONDS });

suite('collectMonth() leaves out what cannot be used', (test) => {
  const change = (index: number, fields: object): readonly Item[] =>
    ITEMS.map((item, i) => (i === index ? { ...item, ...fields } : item));
  table(
    test,
    [
      { name: 'no body', fields: { body: undefined }, why: '"body" is missing' },
      { name: 'no tags', fields: { tags: [] }, why: '"tags" is not a list of at least one name' },
      {
        name: 'tags in one string',
        fields: { tags: '<a>' },
        why: '"tags" is not a list of at least one name',
      },
      { name: 'an empty title', fields: { title: '  ' }, why: '"title" is missing or empty' },
    ],
    ({ fields, why }) =>
      withReplay({ items: change(120, fields) }, async (server) => {
        const { counts, log } = await collect({ server, maxBadShare: 0.01 });
        assert.is(counts.questions, 149);
        assert.is(counts.rows, 150);
        assert.is(counts.refusedRows, 1);
        assert.equal(counts.refused, [{ id: 1120, why }]);
        assert.ok(log.includes(`Page 2, question 1120 is left out: ${why}`), log.join('\n'));
      }),
  );
  test('an item that is no object', () =>
    withReplay(
      {
        items: [],
        fault: () => ({
          kind: 'wrapper',
          fields: { items: [null, 7, ...ITEMS.slice(0, 98)], has_more: false },
        }),
      },
      async (server) => {
        const { counts } = await collect({ server, maxBadShare: 0.05 });
        assert.is(counts.questions, 98);
        assert.equal(counts.refused, [
          { id: null, why: '"question_id" is not a whole number' },
          { id: null, why: '"question_id" is not a whole number' },
        ]);
      },
    ));
  test('but fails where it is too much', () =>
    withReplay({ items: change(120, { body: null }) }, async (server) => {
      const { message } = await failureOf(collect({ server, maxBadShare: 0.005 }));
      assert.is(
        message,
        'Cannot use 1 of 150 questions: collect.max_bad_share is 0.005; question 1120: "body" is missing',
      );
    }));
  test('after the first page where nothing of it can be used', () =>
    withReplay({ items: ITEMS.map(({ body: _body, ...item }) => item as Item) }, async (server) => {
      const { message } = await failureOf(collect({ server, maxBadShare: 0.9 }));
      assert.match(message, 'Cannot use 100 of 100 questions');
      assert.is(server.asked.length, 1);
    }));
  test('questions of other months, counted', () =>
    withReplay(
      {
        items: [],
        fault: () => ({
          kind: 'wrapper',
          fields: { items: makeItems(30, { fromSeconds: MONTH_SECONDS - 600 }), has_more: false },
        }),
      },
      async (server) => {
        const { counts } = await collect({ server });
        assert.is(counts.otherMonths, 10);
        assert.is(counts.questions, 20);
      },
    ));
  test('what comes twice, because questions have moved', () =>
    withReplay(
      {
        items: ITEMS,
        fault: (number) =>
          number === 2 ? { kind: 'wrapper', fields: { items: ITEMS.slice(90), has_more: false } } : undefined,
      },
      async (server) => {
        const { counts, log } = await collect({ server });
        assert.is(counts.questions, 150);
        assert.is(counts.rows, 150);
        assert.ok(log.includes('Page 2: 10 questions were on a page before'));
      },
    ));
});

suite('readAnswer() knows whether there is more', (test) => {
  const page = (fields: object): boolean | undefined => {
    const answer = readAnswer(JSON.stringify(fields), 2);
    return answer.kind === 'page' ? answer.hasMore : undefined;
  };
  test('as it is told', () => assert.is(page({ items: [], has_more: true }), true));
  test('by a full page where it is not', () => assert.is(page({ items: [1, 2] }), true));
  test('by a full list', () => assert.is(page([1, 2]), true));
  test('by a page that is not full', () => assert.is(page({ items: [1] }), false));
});

suite('the API gives questions as they were recorded', {
  skip: unless(HAS_RECORDS, 'no ../shared'),
}, (test) => {
  const all = HAS_RECORDS ? records() : new Map<string, unknown>();
  const withItems = [...all].filter(([, record]) => itemsOf(record).length > 0);
  table(
    test,
    withItems.map(([name, record]) => ({ name, record })),
    async ({ record }) => {
      const items = itemsOf(record);
      const months = new Set(
        items.map(({ creation_date }) => monthOf(new Date(creation_date * 1000).toISOString())),
      );
      let rows = 0;
      for (const month of months) {
        await withReplay({ items }, async (server) => {
          const { counts, questions } = await collect({
            server,
            month,
            maxBadShare: 1,
            clock: steppedClock(Date.UTC(2026, 0, 1)),
          });
          rows += counts.rows;
          assert.is(counts.otherMonths, 0);
          const byId = new Map(items.map((item) => [item.question_id, item]));
          for (const question of questions) {
            const item = byId.get(question.id);
            assert.is(question.title, item?.['title']);
            assert.is(question.body, item?.['body']);
            assert.is(Date.parse(question.creationDate) / 1000, item?.creation_date);
          }
          const usable = items.filter(
            (item) =>
              item['body'] !== undefined &&
              item['tags'] !== undefined &&
              new Date(item.creation_date * 1000).toISOString().startsWith(month),
          );
          assert.is(questions.length, usable.length);
        });
      }
      assert.is(rows, items.length);
    },
  );
  test('errors are read as errors', () => {
    const errors = [...all.values()].filter((record) => itemsOf(record).length === 0);
    assert.is(errors.length, 3);
    for (const error of errors) assert.is(readAnswer(JSON.stringify(error), 100).kind, 'error');
  });
  test('their titles lose their entities when cleaned', () => {
    const item = itemsOf(all.get('raw_2.3_question_featured_html_entity_title.json'))[0];
    const read = readItem({ ...item, body: '<p>x</p>' }, 'stackoverflow');
    assert.is(read.kind, 'question');
    if (read.kind !== 'question') return;
    const cleaned = cleanQuestions([read.question], 'NFC').questions[0];
    assert.is(cleaned?.title, "Can a memory pool allocate things with a `'static` lifetime?");
  });
});
