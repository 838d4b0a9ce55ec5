import * as assert from 'uvu/assert';
import { readLine } from '../../../stages/split/read-jsonl.ts';
import { suite, table } from '../../support/suite.ts';

const ROW = {
  id: 7,
  title: 'T',
  body: '<p>B</p>',
  tags: ['a', 'b', 'a'],
  creationDate: '2019-03-31T23:59:59Z',
};

const lineOf = (fields: object): string => JSON.stringify({ ...ROW, ...fields });

suite('readLine() takes a row', (test) => {
  test('with what it has, tags once', () => {
    assert.equal(readLine(lineOf({ link: 'https://x.test/7', score: 3 }), 1), {
      kind: 'question',
      question: {
        site: '',
        id: 7,
        title: 'T',
        body: '<p>B</p>',
        tags: ['a', 'b'],
        creationDate: '2019-03-31T23:59:59Z',
        link: 'https://x.test/7',
        license: null,
      },
    });
  });
  table(
    test,
    [
      { name: 'without a zone: UTC', date: '2019-03-31T23:59:59', is: '2019-03-31T23:59:59Z' },
      { name: 'with a blank and a fraction', date: '2019-03-31 23:59:59.123', is: '2019-03-31T23:59:59Z' },
      { name: 'with an offset', date: '2019-03-31T23:59:59-01:00', is: '2019-04-01T00:59:59Z' },
    ],
    ({ date, is }) => {
      const row = readLine(lineOf({ creationDate: date }), 1);
      assert.is(row.kind === 'question' && row.question.creationDate, is);
    },
  );
});

suite('readLine() refuses a row and says why', (test) => {
  table(
    test,
    [
      { name: 'no JSON', line: '{"id": 1', why: 'not JSON' },
      { name: 'no object', line: '[1]', why: 'not an object' },
      { name: 'null', line: 'null', why: 'not an object' },
      { name: 'an id that is a link', line: lineOf({ id: 'https://x.test/1' }), why: '"id"' },
      { name: 'an empty title', line: lineOf({ title: ' ' }), why: '"title"' },
      { name: 'no body', line: lineOf({ body: null }), why: '"body"' },
      { name: 'no tags', line: lineOf({ tags: [] }), why: '"tags"' },
      { name: 'tags in one string', line: lineOf({ tags: '<a><b>' }), why: '"tags"' },
      { name: 'no date', line: lineOf({ creationDate: undefined }), why: '"creationDate"' },
      {
        name: 'a date that does not exist',
        line: lineOf({ creationDate: '2019-13-01T00:00:00Z' }),
        why: '"creationDate"',
      },
    ],
    ({ line, why }) => {
      const row = readLine(line, 3);
      assert.ok(row.kind === 'refused' && row.why.includes(why), JSON.stringify(row));
    },
  );
});
