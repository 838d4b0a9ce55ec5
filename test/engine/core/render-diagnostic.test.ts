import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  type Diagnostic,
  type Place,
  renderDiagnostic,
  renderDiagnostics,
} from '../../../engine/core/index.ts';
import { suite, table } from '../../support/suite.ts';

/** The place of `[…]` in a text; the brackets are taken away. */
function marked(text: string, path = 'a.yaml'): Place {
  const start = text.indexOf('[');
  const end = text.indexOf(']') - 1;
  return { file: { path, text: text.replace('[', '').replace(']', '') }, range: { start, end } };
}

const problem = (place?: Place, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'E_X',
  message: 'It is wrong',
  place,
  ...more,
});

const lines = (...all: readonly string[]): string => all.join('\n');

suite('renderDiagnostic() shows the line and what of it is meant', (test) => {
  table(
    test,
    [
      {
        name: 'a word in a line',
        diagnostic: problem(marked('one\n  [two]: 2\nthree\n')),
        text: lines('error[E_X]: It is wrong', ' --> a.yaml:2:3', '  |', '2 |   two: 2', '  |   ^^^'),
      },
      {
        name: 'nothing, where the diagnostic has no place',
        diagnostic: problem(undefined, { hint: 'start again' }),
        text: lines('error[E_X]: It is wrong', '  = hint: start again'),
      },
      {
        name: 'one caret for an empty place',
        diagnostic: problem(marked('key:[]\n')),
        text: lines('error[E_X]: It is wrong', ' --> a.yaml:1:5', '  |', '1 | key:', '  |     ^'),
      },
      {
        name: 'the end of the last line for the end of the file',
        diagnostic: problem(marked('key: "\n\n[]')),
        text: lines('error[E_X]: It is wrong', ' --> a.yaml:1:7', '  |', '1 | key: "', '  |       ^'),
      },
      {
        name: 'an empty file',
        diagnostic: problem(marked('[]')),
        text: lines('error[E_X]: It is wrong', ' --> a.yaml:1:1', '  |', '1 |', '  | ^'),
      },
      {
        name: 'the first line of a place that has several',
        diagnostic: problem(marked('a: [|\n  one\n  two\n]b: 1\n')),
        text: lines('error[E_X]: It is wrong', ' --> a.yaml:1:4', '  |', '1 | a: |', '  |    ^'),
      },
      {
        name: 'tabs as four columns',
        diagnostic: problem(marked('\ta:\t[b]\r\n')),
        text: lines(
          'error[E_X]: It is wrong',
          ' --> a.yaml:1:5',
          '  |',
          '1 |     a:    b',
          '  |           ^',
        ),
      },
      {
        name: 'wide characters as two columns, combining ones as none',
        diagnostic: problem(marked('日本: e\u0301 [漢字🙂] x')),
        text: lines(
          'error[E_X]: It is wrong',
          ' --> a.yaml:1:8',
          '  |',
          '1 | 日本: e\u0301 漢字🙂 x',
          '  |         ^^^^^^',
        ),
      },
      {
        name: 'control characters, without obeying them',
        diagnostic: problem(marked('a: \u001b\\[31m\u202e[red]'.replace('\\[', '｛')), {
          message: 'No "\u001b\u009b\u0007"',
        }),
        text: lines(
          'error[E_X]: No "␛\ufffd␇"',
          ' --> a.yaml:1:10',
          '  |',
          '1 | a: ␛｛31m\ufffdred',
          '  |           ^^^',
        ),
      },
      {
        name: 'a long line only around the caret',
        diagnostic: problem(marked(`${'a'.repeat(200)}[here]${'b'.repeat(200)}`)),
        text: lines(
          'error[E_X]: It is wrong',
          ' --> a.yaml:1:201',
          '  |',
          `1 | …${'a'.repeat(48)}here${'b'.repeat(48)}…`,
          `  | ${' '.repeat(49)}^^^^`,
        ),
      },
      {
        name: 'the start of a long place',
        diagnostic: problem(marked(`a: [${'x'.repeat(300)}]`)),
        text: lines(
          'error[E_X]: It is wrong',
          ' --> a.yaml:1:4',
          '  |',
          `1 | a: ${'x'.repeat(60)}…`,
          `  |    ${'^'.repeat(60)}`,
        ),
      },
      {
        name: 'other places, in a gutter as wide as the largest line number',
        diagnostic: problem(marked('b: [2]', 'b.yaml'), {
          related: [{ message: 'it is first set here', place: marked(`${'\n'.repeat(99)}[b]: 1`) }],
          hint: 'remove one',
        }),
        text: lines(
          'error[E_X]: It is wrong',
          '   --> b.yaml:1:4',
          '    |',
          '  1 | b: 2',
          '    |    ^',
          '    = note: it is first set here',
          '   --> a.yaml:100:1',
          '    |',
          '100 | b: 1',
          '    | ^',
          '    = hint: remove one',
        ),
      },
    ],
    ({ diagnostic, text }) => assert.is(renderDiagnostic(diagnostic), text),
  );

  test('any place in any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const place = { file: { path: 'a', text }, range: { start: start!, end: end! } };
        assert.match(renderDiagnostic(problem(place)), /\n {2}\| *\^+$/);
      }),
    ));
});

suite('renderDiagnostics() shows all', (test) => {
  test('with an empty line between two', () =>
    assert.is(
      renderDiagnostics([problem(), problem()]),
      'error[E_X]: It is wrong\n\nerror[E_X]: It is wrong',
    ));
});
