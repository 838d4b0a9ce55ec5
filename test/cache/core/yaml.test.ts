import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import {
  Float,
  float,
  parseYamlValue,
  pythonJson,
  stringifyYaml,
  type Value,
  YamlError,
} from '../../../cache/index.ts';
import { suite, table } from '../../support/suite.ts';

const map = (...entries: readonly (readonly [string, Value])[]): Value => new Map(entries);

suite('parseYamlValue() reads scalars as DVC does', (test) => {
  const rows: readonly { readonly name: string; readonly text: string; readonly value: Value }[] = [
    { name: 'an empty text', text: '', value: null },
    { name: 'nulls', text: '[~, null, Null, NULL, ]', value: [null, null, null, null] },
    { name: 'booleans', text: '[true, True, FALSE]', value: [true, true, false] },
    {
      name: 'what was a boolean in YAML 1.1',
      text: '[yes, no, on, off, y]',
      value: ['yes', 'no', 'on', 'off', 'y'],
    },
    {
      name: 'integers',
      text: '[1, -1, +1, 012, 0o17, 0x1F, 0b101, 1_000]',
      value: [1, -1, 1, 12, 15, 31, 5, 1000],
    },
    {
      name: 'floats',
      text: '[1.0, 1., .5, 1e3, 1e-3, -0.0, 1e16, 1_0.5]',
      value: [new Float(1), new Float(1), 0.5, new Float(1000), 0.001, new Float(-0), new Float(1e16), 10.5],
    },
    { name: 'no finite numbers', text: '[.inf, -.Inf, .NAN]', value: [Infinity, -Infinity, NaN] },
    {
      name: 'integers at and beyond 2^53',
      text: '[9007199254740991, 9007199254740993, -0x20000000000001]',
      value: [9007199254740991, 9007199254740993n, -9007199254740993n],
    },
    {
      name: 'what looks like a number',
      text: '[12:30, 1.2.3, "1", 1,5 e, 0x, 0b2, _1, 2020-01-01]',
      value: ['12:30', '1.2.3', '1', 1, '5 e', '0x', '0b2', '_1', '2020-01-01'],
    },
    {
      name: 'tags of the core schema',
      text: '[!!str 1, !!float 1, !!int "1"]',
      value: ['1', new Float(1), 1],
    },
    { name: 'folded lines', text: 'a: b \n  c', value: map(['a', 'b c']) },
  ];
  table(test, rows, ({ text, value }) => assert.is(pythonJson(parseYamlValue(text)), pythonJson(value)));
});

suite('parseYamlValue() keeps maps as they stand', (test) => {
  test('keys in order, whatever they look like', () => {
    const value = parseYamlValue('10: a\n__proto__: b\n2: c\nconstructor: d\n1.0: e\ntrue: f\nnull: g\n');
    assert.ok(value instanceof Map);
    assert.equal([...value.keys()], ['10', '__proto__', '2', 'constructor', '1.0', 'true', 'null']);
  });
  test('merge keys are keys', () => {
    assert.equal(
      parseYamlValue('a: &a {x: 1}\nb:\n  <<: *a\n'),
      map(['a', map(['x', 1])], ['b', map(['<<', map(['x', 1])])]),
    );
  });
  test('aliases unfold, also of an anchor that was set again', () => {
    assert.equal(parseYamlValue('[&a 1, *a, &a 2, *a]'), [1, 1, 2, 2]);
  });
});

const BOMB = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`).join('\n')}\n`;

suite('parseYamlValue() throws a YamlError at the place', (test) => {
  const rows = [
    { name: 'bad syntax', text: 'a: [1,', offset: 6 },
    { name: 'a bad indent', text: 'a:\n  b: 1\n c: 2\n', offset: 10 },
    { name: 'a duplicate key', text: 'a: 1\nb: 2\na: 3\n', offset: 10 },
    { name: 'keys that only differ in type', text: '1: a\n"1": b\n', offset: 5 },
    { name: 'an unknown tag', text: 'a: !foo 1\n', offset: 8 },
    { name: 'a tag that does not fit', text: 'a: !!int x\n', offset: 9 },
    { name: 'a set', text: 'a: !!set {b}\n', offset: 9 },
    { name: 'a key that is a collection', text: '? [a]\n: 1\n', offset: 2 },
    { name: 'an alias of nothing', text: 'a: *b\n', offset: 3 },
    { name: 'an alias inside its own anchor', text: 'a: &a [*a]\n', offset: 7 },
    { name: 'two documents', text: 'a\n---\nb\n', offset: 2 },
    { name: 'an alias bomb', text: BOMB, offset: undefined },
    { name: 'deep nesting', text: '['.repeat(20_000), offset: undefined },
    { name: 'deep nesting that closes', text: '['.repeat(1_000) + ']'.repeat(1_000), offset: undefined },
    { name: 'conflict markers', text: '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n', offset: undefined },
  ];
  table(test, rows, ({ text, offset }) => {
    let thrown: unknown;
    try {
      parseYamlValue(text);
    } catch (error) {
      thrown = error;
    }
    assert.instance(thrown, YamlError);
    if (offset !== undefined) assert.is((thrown as YamlError).offset, offset);
  });
});

suite('stringifyYaml() lays out as DVC does', (test) => {
  const rows: readonly { readonly name: string; readonly value: Value; readonly text: string }[] = [
    {
      name: 'lists are not indented, maps are',
      value: map(['deps', [map(['path', 'x'], ['md5', 'y'])]], ['p', map(['q', map(['r', 1])])]),
      text: 'deps:\n- path: x\n  md5: y\np:\n  q:\n    r: 1\n',
    },
    {
      name: 'lists in lists',
      value: [[1, [2]], [map(['a', [3]])]],
      text: '- - 1\n  - - 2\n- - a:\n    - 3\n',
    },
    {
      name: 'nothing',
      value: map(['a', null], ['b', [null]], ['c', []], ['d', new Map()]),
      text: 'a:\nb:\n- \nc: []\nd: {}\n',
    },
    {
      name: 'numbers',
      value: [1, new Float(1), 1e-5, new Float(1e16), Infinity, NaN],
      text: '- 1\n- 1.0\n- 1e-05\n- 1e+16\n- .inf\n- .nan\n',
    },
    {
      name: 'long lines',
      value: map(['cmd', 'word  '.repeat(100) + 'end']),
      text: `cmd: ${'word  '.repeat(100)}end\n`,
    },
    { name: 'quotes inside are plain', value: `echo '{"a":1}' > x`, text: `echo '{"a":1}' > x\n` },
    { name: 'double quotes for a quote that cannot be plain', value: "it's: so", text: '"it\'s: so"\n' },
    { name: 'double quotes for lines', value: 'a\nb', text: '"a\\nb"\n' },
    { name: 'a long key', value: map(['k'.repeat(123), [1]]), text: `? ${'k'.repeat(123)}\n: - 1\n` },
  ];
  table(test, rows, ({ value, text }) => assert.is(stringifyYaml(value), text));
});

suite('stringifyYaml() quotes what a reader would take for something else', (test) => {
  const plain = [
    'yes',
    'on',
    '12:30',
    'a:b',
    'a#b',
    '-a',
    '?a',
    ':a',
    'é',
    '😀',
    'a, b',
    '0x',
    'x=1',
    '_1',
    '1.2.3',
  ];
  const single = [
    '',
    'true',
    '~',
    'null',
    '1',
    '1.0',
    '1e5',
    '.5e3',
    '0o17',
    '0b1',
    '1_0',
    '2020-01-01',
    '<<',
    '=',
    '.inf',
    '- a',
    'a: b',
    'a #b',
    ' a',
    'a ',
    '[a',
    '@a',
    '`a',
    '!a',
    '&a',
    '*a',
    '%a',
    '---',
    '...',
    '"a',
  ];
  const double = ['\t', 'a\nb', '\u0085', '\u2028', '\ufeff', '\ud800', '\u0000', "'a'"];
  table(
    test,
    [...plain.map((text) => [text, text]), ...single.map((text) => [text, `'${text}'`])].map(
      ([value, text]) => ({
        name: JSON.stringify(value),
        value: value!,
        text: text!,
      }),
    ),
    ({ value, text }) => {
      assert.is(stringifyYaml([value]), `- ${text}\n`);
    },
  );
  test('with escapes where there must be', () => {
    for (const value of double) assert.match(stringifyYaml([value]), /^- "[ -~]*"\n$/);
  });
});

const strings = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(...Array.from('-?:,[]{}#&*!|>\'"%@`~ \n\tab1.0e_+xX=<\\\u0085\u2028é')),
  }),
);
const scalars: fc.Arbitrary<Value> = fc.oneof(
  { arbitrary: strings, weight: 4 },
  fc.maxSafeInteger(),
  fc.double().map(float),
  fc.bigInt().filter((value) => !Number.isSafeInteger(Number(value))),
  fc.boolean(),
  fc.constant(null),
);
const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(strings, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));

suite('stringifyYaml() loses nothing', (test) => {
  test('for parseYamlValue()', () => {
    fc.assert(
      fc.property(values, (value) => {
        // Compares order and types of everything: a layout tells them apart.
        const text = stringifyYaml(value);
        const back = parseYamlValue(text);
        assert.is(stringifyYaml(back), text);
        assert.is(pythonJson(back), pythonJson(value));
      }),
      { numRuns: 500 },
    );
  });
  test('of a list that is longer than a call has arguments', () => {
    const list = Array.from({ length: 200_000 }, (_, i) => i);
    const text = stringifyYaml(map(['a', map(['b', list])]));
    assert.is(text, `a:\n  b:\n${list.map((item) => `  - ${item}\n`).join('')}`);
  });
  test('for the package as it comes', () => {
    fc.assert(
      fc.property(strings, (value) => {
        assert.is(parse(stringifyYaml(value), { logLevel: 'silent' }), value);
      }),
      { numRuns: 500 },
    );
  });
});
