import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { decodeEntities } from '../../../stages/learn/html/index.ts';
import { readDump } from '../../../stages/split/dump/read-dump.ts';
import { suite, table, unless } from '../../support/suite.ts';
import { ROOT } from '../study-project.ts';
import { failureOf, readBy, readFileBy } from './reading.ts';

const DATA = `${ROOT}../shared/data/raw/posts-xml/`;

const row = (attributes: string): string => `  <row ${attributes} />\n`;
const QUESTION =
  'Id="7" PostTypeId="1" CreationDate="2018-03-12T17:00:45.567" Body="&lt;p&gt;B&lt;/p&gt;&#xA;" Title="T" Tags="&lt;a&gt;&lt;c++&gt;"';
const dump = (...rows: readonly string[]): string =>
  `\ufeff<?xml version="1.0" encoding="utf-8"?>\n<posts>\n${rows.join('')}</posts>`;

suite('readDump() reads the dumps that we have', {
  skip: unless(existsSync(DATA), 'no ../shared/data here'),
}, (test) => {
  table(
    test,
    [
      { name: 'genai.stackexchange.com-2023-Posts.xml', questions: 181, skipped: 293 },
      { name: 'quantumcomputing.stackexchange.com-2018-Posts.xml', questions: 612, skipped: 1374 },
      { name: 'datascience.meta-pipe-tags-rows.xml', questions: 5, skipped: 0 },
    ],
    async ({ name, questions, skipped }) => {
      const read = await readFileBy(readDump, `${DATA}${name}`, 'x.test');
      assert.equal([read.questions.length, read.skipped.length, read.refused], [questions, skipped, []]);
      assert.ok(read.questions.every(({ tags }) => tags.every((tag) => /^[^<>|\s]+$/.test(tag))));
    },
  );
});

suite('readDump() takes a question', (test) => {
  test('with its site, its date in UTC and its title as text', async () => {
    const text = dump(row(QUESTION.replace('"T"', '"R &amp;amp; D &lt;T&gt;"')));
    const { questions } = await readBy(readDump, text, 'x.test');
    assert.equal(questions, [
      {
        site: 'x.test',
        id: 7,
        title: 'R &amp;amp; D <T>',
        body: '<p>B</p>\n',
        tags: ['a', 'c++'],
        creationDate: '2018-03-12T17:00:45Z',
        link: 'https://x.test/q/7',
        license: null,
      },
    ]);
    assert.is(decodeEntities(questions[0]!.title), 'R &amp; D <T>');
  });
  table(
    test,
    [
      { name: 'without a byte order mark', text: dump(row(QUESTION)).slice(1) },
      { name: 'gzipped', text: gzipSync(dump(row(QUESTION))) },
      { name: 'with CR LF', text: dump(row(QUESTION)).replaceAll('\n', '\r\n') },
      { name: 'all on one line', text: dump(row(QUESTION)).replaceAll('\n', '') },
      {
        name: 'with tags between bars',
        text: dump(row(QUESTION.replace('&lt;a&gt;&lt;c++&gt;', '|a|c++|'))),
      },
      { name: 'in single quotes', text: dump(row(QUESTION.replaceAll('"', "'"))) },
      { name: 'with an end tag', text: dump(row(QUESTION)).replace('/>', '></row>') },
      { name: 'over several lines', text: dump(row(QUESTION.replaceAll(' ', '\n\t'))) },
      { name: 'with references by number', text: dump(row(QUESTION.replace('&lt;p', '&#60;p'))) },
      {
        name: 'behind a comment with a row',
        text: dump('<!-- <row Id="1" PostTypeId="1" /> -->', row(QUESTION)),
      },
      {
        name: 'behind a CDATA section with one',
        text: dump('<x><![CDATA[<row Id="1" />]]></x>', row(QUESTION)),
      },
    ],
    async ({ text }) => {
      const { questions, refused } = await readBy(readDump, text);
      assert.equal(refused, []);
      assert.equal(
        questions.map(({ id, body, tags }) => ({ id, body, tags })),
        [{ id: 7, body: '<p>B</p>\n', tags: ['a', 'c++'] }],
      );
    },
  );
  test('of a megabyte, and skips what is no question', async () => {
    const long = 'é&lt;'.repeat(200_000);
    const { questions, skipped } = await readBy(
      readDump,
      dump(
        row('Id="1" PostTypeId="2" Body="A"'),
        row(QUESTION.replace('&lt;p&gt;B', long)),
        row('Id="3" PostTypeId="5"'),
        row('Id="4" PostTypeId="99"'),
      ),
    );
    assert.is(questions[0]!.body.length, 400_000 + '</p>\n'.length);
    assert.equal(skipped, ['answers', 'tag wikis', 'other posts']);
  });
});

suite('readDump() refuses a row by its line and id', (test) => {
  const without = (name: string): string => QUESTION.replace(new RegExp(`${name}="[^"]*"`), '');
  table(
    test,
    [
      { name: 'without tags', attributes: without('Tags'), why: '"tags"' },
      { name: 'without a title', attributes: without('Title'), why: '"title"' },
      { name: 'without a body', attributes: without('Body'), why: '"body"' },
      { name: 'without a date', attributes: without('CreationDate'), why: '"creationDate"' },
      { name: 'without a type', attributes: without('PostTypeId'), why: '"PostTypeId" is missing' },
      {
        name: 'with a character that XML does not allow',
        attributes: QUESTION.replace('&gt;B', '&gt;&#x1;'),
        why: 'XML',
      },
    ],
    async ({ attributes, why }) => {
      const { refused, questions } = await readBy(
        readDump,
        dump(row(QUESTION), row(attributes), row(QUESTION)),
      );
      assert.is(questions.length, 2);
      assert.equal(
        refused.map(({ line, id }) => ({ line, id })),
        [{ line: 4, id: '7' }],
      );
      assert.match(refused[0]!.why, why);
    },
  );
  test('that is not UTF-8', async () => {
    const bytes = Buffer.from(dump(row(QUESTION), row(QUESTION.replace('"T"', '"\u00ff"'))));
    bytes[bytes.lastIndexOf(0xbf)] = 0xff;
    const { refused, questions } = await readBy(readDump, bytes);
    assert.equal([questions.length, refused[0]?.line, refused[0]?.why], [1, 4, 'it is not UTF-8']);
  });
});

suite('readDump() says where a dump is not XML', (test) => {
  const good = dump(row(QUESTION), row(QUESTION));
  table(
    test,
    [
      {
        name: 'a tag closed by another',
        text: good.replace('</posts>', '</post>'),
        says: 'FILE:5:7: not well-formed XML: unexpected close tag',
      },
      {
        name: 'cut off between rows',
        text: good.replace('</posts>', ''),
        says: 'FILE:5:1: not well-formed XML: unclosed tag: posts | it may be cut off',
      },
      {
        name: 'cut off in a row',
        text: good.slice(0, good.lastIndexOf('Body') + 9),
        says: 'FILE:4:77: not well-formed XML: unclosed tag: posts | it may be cut off',
      },
      {
        name: 'a bare ampersand',
        text: dump(row(QUESTION), row(QUESTION.replace('"T"', '"A & B"'))),
        says: 'FILE:4:',
      },
      { name: 'an attribute twice', text: dump(row(`${QUESTION} Id="8"`)), says: 'FILE:3:' },
      {
        name: 'a bare ampersand in an answer',
        text: dump(row('Id="1" PostTypeId="2" Body="A & B"')),
        says: 'FILE:3:',
      },
      { name: 'a control character', text: dump(row(QUESTION.replace('"T"', '"\u0001"'))), says: 'FILE:3:' },
      { name: 'an unknown entity', text: dump(row(QUESTION.replace('"T"', '"&nbsp;"'))), says: 'FILE:3:' },
      { name: 'text', text: 'Id,Title\n', says: 'FILE:2:1: not well-formed XML' },
      { name: 'nothing', text: '', says: 'FILE:1:1: not well-formed XML' },
      {
        name: 'another encoding',
        text: good.replace('utf-8', 'windows-1252'),
        says: 'its encoding is windows-1252 | convert it',
      },
      {
        name: 'a 7z archive',
        text: Buffer.from('377abcaf271c0004', 'hex'),
        says: 'Cannot read "FILE": it is a 7z archive | unpack it first',
      },
      {
        name: 'a gzip that is cut off',
        text: gzipSync(good).subarray(0, 100),
        says: 'Cannot read "FILE": unexpected end of file',
      },
    ],
    async ({ text, says }) => assert.match(await failureOf(readDump, text), says),
  );
});

suite('readDump() reads what was written', (test) => {
  const escape = (text: string): string =>
    text.replace(
      /[&<>"\n\r\t]/g,
      (c) =>
        ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ??
        `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`,
    );
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('ab <>&"\'\n\r\t=/;#x\u00e9\u2028\u{1f600}')),
    maxLength: 60,
  });
  const question = fc.record({
    id: fc.nat(),
    title: text.map((title) => `T${title}`),
    body: text,
    tags: fc.uniqueArray(fc.constantFrom('c++', 'c#', '.net', 'asp.net-mvc'), { minLength: 1 }),
    padding: fc.constantFrom('', '<!-- <row -->', ' '),
  });
  test('whatever the text, the way it is written and where chunks end', () =>
    fc.assert(
      fc.asyncProperty(fc.array(question, { maxLength: 8 }), async (questions) => {
        const rows = questions.map(
          ({ id, title, body, tags, padding }) =>
            `${padding}${row(`Id="${id}" PostTypeId="1" CreationDate="2018-03-12T17:00:45.567" Body="${escape(body)}" Title="${escape(title)}" Tags="|${tags.join('|')}|"`)}`,
        );
        const read = await readBy(readDump, dump(...rows));
        assert.equal(read.refused, []);
        assert.equal(
          read.questions.map(({ id, title, body, tags }) => ({ id, title, body, tags })),
          questions.map(({ id, title, body, tags }) => ({
            id,
            title: title.replaceAll('&', '&amp;'),
            body,
            tags,
          })),
        );
      }),
      { numRuns: 200 },
    ));
});
