import * as assert from 'uvu/assert';
import { cleanQuestion, cleanQuestions } from '../../../stages/clean/clean-questions.ts';
import type { Question } from '../../../stages/io/index.ts';
import { htmlToText } from '../../../stages/learn/html/index.ts';
import { suite, table } from '../../support/suite.ts';

const question = (fields: Partial<Question>): Question => ({
  site: 'test',
  id: 1,
  title: 'Title',
  body: '<p>Body</p>',
  tags: ['a'],
  creationDate: '2020-01-01T00:00:00Z',
  link: null,
  license: null,
  ...fields,
});

suite('htmlToText() keeps text, code and links apart', (test) => {
  table(
    test,
    [
      { name: 'blocks make lines', html: '<p>a</p><ul><li>b</li><li>c</li></ul>', text: 'a\nb\nc' },
      { name: 'line breaks in the source do not', html: '<p>a\n  b</p>\n\n<p>c</p>', text: 'a b\nc' },
      { name: 'br does', html: 'a<br>b<br/>c', text: 'a\nb\nc' },
      { name: 'inline elements do not part words', html: 'un<b>believ</b>able', text: 'unbelievable' },
      {
        name: 'names with signs survive',
        html: '<p>c++ c# .net node.js F#</p>',
        text: 'c++ c# .net node.js F#',
      },
      {
        name: 'entities',
        html: 'a &lt;b&gt; &amp;amp; &#39;c&#x27; &eacute;&nbsp;d &unknown;',
        text: "a <b> &amp; 'c' é d &unknown;",
      },
      { name: 'inline code stays', html: '<p>use <code>x &lt; y</code></p>', text: 'use x < y' },
      { name: 'broken markup', html: '<p>a <b>b<p>c < d </i> & e', text: 'a b\nc < d & e' },
      {
        name: 'scripts, styles and comments go',
        html: 'a<script>x<\/script><style>y</style><!-- z -->b',
        text: 'ab',
      },
      { name: 'nothing', html: '', text: '' },
    ],
    ({ html, text }) => {
      assert.is(htmlToText(html).text, text);
    },
  );
  test('code blocks keep their white space', () => {
    const html =
      '<p>a</p><pre class="x"><code>if (a &lt; b) {\n    c();\n}\n</code></pre><p>d</p><pre>e</pre><pre> </pre>';
    assert.equal(htmlToText(html), { text: 'a\nd', code: ['if (a < b) {\n    c();\n}', 'e'], links: [] });
  });
  test('links that are absolute, in order', () => {
    const html =
      '<a href="https://a.test/?x=1&amp;y=2">one</a> <a href="/b">two</a> <a href="javascript:x">three</a>';
    assert.equal(htmlToText(html).links, ['https://a.test/?x=1&y=2']);
  });
  test('deep nesting is only nesting', () => {
    assert.is(htmlToText(`${'<blockquote>'.repeat(20_000)}x`).text, 'x');
  });
});

suite('cleanQuestion() normalizes', (test) => {
  test('title: entities decoded, markup left as text, white space collapsed', () => {
    assert.is(
      cleanQuestion(question({ title: ' A  &lt;b&gt; &amp; <c>\n d ' }), 'NFC').title,
      'A <b> & <c> d',
    );
  });
  test('to the form that is asked for', () => {
    const decomposed = question({ title: 'cafe\u0301 \uff21', body: 'o\u0308' });
    assert.is(cleanQuestion(decomposed, 'NFC').title, 'caf\u00e9 \uff21');
    assert.is(cleanQuestion(decomposed, 'NFKC').title, 'caf\u00e9 A');
    assert.is(cleanQuestion(decomposed, 'NFC').text, '\u00f6');
  });
  test('control characters go', () => {
    assert.is(cleanQuestion(question({ title: 'a\u0000b\u200bc' }), 'NFC').title, 'abc');
  });
});

suite('cleanQuestions() keeps each id once', (test) => {
  test('the first of them, and counts the others', () => {
    const { questions, duplicates } = cleanQuestions(
      [question({ id: 2, title: 'first' }), question({ id: 1 }), question({ id: 2, title: 'second' })],
      'NFC',
    );
    assert.equal(
      questions.map(({ id, title }) => [id, title]),
      [
        [2, 'first'],
        [1, 'Title'],
      ],
    );
    assert.is(duplicates, 1);
  });
});
