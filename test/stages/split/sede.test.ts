import { existsSync } from 'node:fs';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { readSede } from '../../../stages/split/sede/read-sede.ts';
import { suite, table, unless } from '../../support/suite.ts';
import { ROOT } from '../study-project.ts';
import { failureOf, readBy, readFileBy } from './reading.ts';

const DATA = `${ROOT}../shared/data/raw/sede-csv/`;

suite('readSede() reads the results that we have', {
  skip: unless(existsSync(DATA), 'no ../shared/data here'),
}, (test) => {
  test('one with its columns as they are', async () => {
    const { questions, refused, log } = await readFileBy(
      readSede,
      `${DATA}lalloretpilou-QueryResults-2022.csv`,
    );
    assert.equal([questions.length, refused, log], [352, [], []]);
  });
  test('one with links as ids and columns that stand twice', async () => {
    const { questions, refused, log } = await readFileBy(
      readSede,
      `${DATA}cd-dpk-QueryResults-2023-2025.csv`,
    );
    assert.equal([questions.length, refused], [486, []]);
    const { id, site, link, tags } = questions[0]!;
    assert.equal(
      [id, site, link],
      [75059874, 'stackoverflow.com', 'https://stackoverflow.com/questions/75059874'],
    );
    assert.equal(tags.slice(0, 2), ['javascript', 'node.js']);
    assert.equal(log, [
      'Column "creationDate" stands twice: the first counts; the values of 468 rows differ',
    ]);
  });
  test('one without dates it refuses, and says how to ask for them', async () => {
    try {
      await readFileBy(readSede, `${DATA}maelys0903-QueryResults-no-date.csv`);
    } catch (error) {
      const { message, hint } = error as { readonly message: string; readonly hint: string };
      assert.match(message, 'has no column CreationDate: its columns are Title, Body, Tags, Id');
      assert.match(hint, 'SELECT Id, Title, Body, Tags, CreationDate FROM Posts WHERE PostTypeId = 1');
      return;
    }
    assert.unreachable();
  });
});

const HEADER = 'Id,CreationDate,Title,Body,Tags';
const row = (fields: { readonly [name: string]: string } = {}): string => {
  const values = {
    id: '7',
    date: '2022-04-18 12:44:51',
    title: 'T',
    body: '<p>B</p>',
    tags: '<a><c++>',
    ...fields,
  };
  return Object.values(values)
    .map((value) => `"${value.replaceAll('"', '""')}"`)
    .join(',');
};

suite('readSede() takes a question', (test) => {
  table(
    test,
    [
      { name: 'with CR LF', text: `${HEADER}\r\n${row()}\r\n` },
      { name: 'with a byte order mark', text: `\ufeff${HEADER}\n${row()}` },
      { name: 'with names in capitals and blanks', text: `ID,creation_date,TITLE, Body ,"Tags"\n${row()}` },
      { name: 'with tags between bars', text: `${HEADER}\n${row({ tags: '|a|c++|' })}` },
      { name: 'with tags as a list', text: `${HEADER}\n${row({ tags: "['a', 'c++']" })}` },
      { name: 'with a column without a name', text: `,${HEADER}\n0,${row()}` },
      {
        name: 'between semicolons',
        text: `${HEADER.replaceAll(',', ';')}\n${row().replaceAll('","', '";"')}`,
      },
      { name: 'with a fraction as id', text: `${HEADER}\n${row({ id: '7.0' })}` },
      {
        name: 'with a post link',
        text: `Post Link,CreationDate,Title,Body,Tags\n${row({ id: '{"id":7,"title":"X"}' })}`,
      },
      { name: 'with a zone by name', text: `${HEADER}\n${row({ date: '2022-04-18 12:44:51.123 UTC' })}` },
      { name: 'beside an answer', text: `PostTypeId,${HEADER}\n2,${row({ id: '8' })}\n1,${row()}` },
    ],
    async ({ text }) => {
      const { questions, refused } = await readBy(readSede, text);
      assert.equal(refused, []);
      assert.equal(
        questions.map(({ id, title, body, tags, creationDate }) => [id, title, body, tags, creationDate]),
        [[7, 'T', '<p>B</p>', ['a', 'c++'], '2022-04-18T12:44:51Z']],
      );
    },
  );
  test('whose title is in its link only', async () => {
    const text = `Post Link,CreationDate,Body,Tags\n"{""id"":7,""title"":""A, B""}",2022-04-18,B,<a>`;
    const { questions } = await readBy(readSede, text, 'x.test');
    assert.equal([questions[0]?.title, questions[0]?.link], ['A, B', 'https://x.test/q/7']);
  });
});

suite('readSede() refuses a row by its line and id', (test) => {
  const good = row({ body: 'two\r\nlines\n' });
  table(
    test,
    [
      { name: 'with a value too many', bad: `${row()},1`, why: 'it has 6 values in 5 columns' },
      { name: 'that ends early', bad: '7,2022-04-18', why: 'it has 2 values in 5 columns' },
      { name: 'without tags', bad: row({ tags: '' }), why: '"tags"' },
      { name: 'with another date', bad: row({ date: '4/18/2022' }), why: '"creationDate"' },
      { name: 'without a title', bad: row({ title: '' }), why: '"title"' },
    ],
    async ({ bad, why }) => {
      const { questions, refused } = await readBy(readSede, [HEADER, good, good, bad, good].join('\n'));
      assert.is(questions.length, 3);
      assert.equal(
        refused.map(({ line, id }) => [line, id]),
        [[8, '7']],
      );
      assert.match(refused[0]!.why, why);
    },
  );
  test('that is not UTF-8', async () => {
    const { refused } = await readBy(
      readSede,
      Buffer.from([HEADER, good, row({ title: 'caf\u00e9' })].join('\n'), 'latin1'),
    );
    assert.equal([refused.length, refused[0]?.line, refused[0]?.why], [1, 5, 'it is not UTF-8']);
  });
});

suite('readSede() says what is wrong with a file', (test) => {
  table(
    test,
    [
      {
        name: 'columns that are missing',
        text: 'Id,Score\n1,2',
        says: 'has no column Title, Body, Tags, CreationDate: its columns are Id, Score | ask',
      },
      {
        name: 'a value that is not closed',
        text: `${HEADER}\n${row()}\n${row().slice(0, -2)}`,
        says: 'FILE:3: a quoted value is not closed | it may be cut off',
      },
      { name: 'nothing', text: '', says: '"FILE" is empty' },
      {
        name: 'UTF-16',
        text: Buffer.from(`\ufeff${HEADER}`, 'utf16le'),
        says: 'it is UTF-16 | save it as UTF-8',
      },
    ],
    async ({ text, says }) => assert.match(await failureOf(readSede, text), says),
  );
  test('and warns of as many rows as the Data Explorer gives', async () => {
    const { log } = await readBy(readSede, `${HEADER}\n${`${row()}\n`.repeat(50_000)}`);
    assert.match(log[0] ?? '', 'There are 50000 rows');
  });
});

suite('readSede() reads what was written', (test) => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('ab,"\'\n\r;<>&\u00e9\u2028\u{1f600}')),
    maxLength: 60,
  });
  const question = fc.record({ id: fc.nat(), title: text.map((title) => `T${title}`), body: text });
  test('whatever the text, in the lines where it stands', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(question, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        async (questions, end) => {
          const rows = questions.map(({ id, title, body }) => row({ id: String(id), title, body }));
          const lines = [HEADER, ...rows, row({ tags: '' })];
          const read = await readBy(readSede, lines.join(end));
          assert.equal(
            read.questions.map(({ id, title, body }) => ({ id, title, body })),
            questions.map(({ id, title, body }) => ({ id, title: title.replaceAll('&', '&amp;'), body })),
          );
          const before = lines.slice(0, -1).join(end).split('\n').length;
          assert.equal(
            read.refused.map(({ line }) => line),
            [before + 1],
          );
        },
      ),
      { numRuns: 200 },
    ));
});
