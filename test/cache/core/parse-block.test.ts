import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import {
  Float,
  parseBlockYaml,
  pythonJson,
  stringifyYaml,
  toPlain,
  type Value,
} from '../../../cache/index.ts';
import { suite, table } from '../../support/suite.ts';

const LOCK = `schema: '2.0'
stages:
  train@fr:
    cmd: python train.py --rate 0.1 > out.txt
    deps:
    - path: data/a b.txt
      hash: md5
      md5: 900150983cd24fb0d6963f7d28e17f72
      size: 3
    params:
      config.yaml:
        train.rate: 0.1
        train.depths:
        - 1
        - - x
          - {}
        train.note: "it's"
        empty:
    outs:
    - path: m
      isexec: true
`;

suite('parseBlockYaml() reads what stringifyYaml() writes', (test) => {
  test('a lock, as the full reader does', () => {
    assert.is(JSON.stringify(toPlain(parseBlockYaml(LOCK)!)), JSON.stringify(parse(LOCK)));
  });

  test('whatever the value is, or leaves it to the full reader', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '',
        '1',
        '1.0',
        'null',
        '~',
        "'",
        '"',
        '- a',
        'a: b',
        'a #b',
        '<<',
        '---',
        '? ',
        'yes',
        ' a',
        'a:',
      ),
    );
    const { value } = fc.letrec<{ value: Value; list: Value; map: Value }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        text,
        fc.integer(),
        fc.constantFrom<Value>(null, true, false, new Float(1), 0.5, Infinity, 2n ** 70n),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    }));
    let read = 0;
    fc.assert(
      fc.property(value, (written) => {
        const found = parseBlockYaml(stringifyYaml(written));
        if (found === undefined) return;
        read += 1;
        assert.is(pythonJson(found), pythonJson(written));
      }),
      { seed: 7, numRuns: 2000 },
    );
    assert.ok(read > 300, `${read} were read`);
  });
});

suite('parseBlockYaml() leaves to the full reader what it might take for something else', (test) => {
  table(
    test,
    [
      { name: 'an empty text', text: '' },
      { name: 'a scalar', text: 'a\n' },
      { name: 'a list', text: '- a\n' },
      { name: 'no line break at the end', text: 'a: b' },
      { name: 'a comment', text: 'a: b # c\n' },
      { name: 'a line of comment', text: '# c\na: b\n' },
      { name: 'an empty line', text: 'a: b\n\nc: d\n' },
      { name: 'a document mark', text: '---\na: b\n' },
      { name: 'a second document', text: 'a: b\n---\nc: d\n' },
      { name: 'an anchor', text: 'a: &x b\n' },
      { name: 'an alias', text: 'a: *x\n' },
      { name: 'a tag', text: 'a: !!str 1\n' },
      { name: 'a merge key', text: '<<: b\n' },
      { name: 'a flow map', text: 'a: {b: c}\n' },
      { name: 'a block scalar', text: 'a: |\n  b\n' },
      { name: 'a folded scalar', text: 'a: b\n  c\n' },
      { name: 'a quoted scalar over two lines', text: 'a: "b\n  c"\n' },
      { name: 'a list further in', text: 'a:\n  - b\n' },
      { name: 'a list behind a scalar', text: 'a: b\n- c\n' },
      { name: 'a map four blanks in', text: 'a:\n    b: c\n' },
      { name: 'a map three blanks in', text: 'a:\n  b:\n     c: d\n' },
      { name: 'a scalar in the next line', text: 'a:\n  b\n' },
      { name: 'a duplicate key', text: 'a: b\na: c\n' },
      { name: 'a key that is a number', text: '1: a\n' },
      { name: 'a complex key', text: '? a\n: b\n' },
      { name: 'a tab', text: 'a:\tb\n' },
      { name: 'a carriage return', text: 'a: b\r\n' },
      { name: 'a conflict', text: '<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n' },
      { name: 'an escape that JSON lacks', text: 'a: "\\x41"\n' },
      { name: 'a quote in single quotes', text: "a: 'it''s'\n" },
      { name: 'text behind quotes', text: 'a: "b" c\n' },
      { name: 'a plain scalar with a colon', text: 'a: b: c\n' },
      { name: 'a blank at the end', text: 'a: b \n' },
    ],
    ({ text }) => {
      assert.is(parseBlockYaml(text), undefined);
    },
  );
});
