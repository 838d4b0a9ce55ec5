import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Float, toPlain, type Value } from '../../../cache/index.ts';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { lookUp, readValues, type ScalarValue, scalarText, toValue } from '../../../engine/values/index.ts';
import { suite, table } from '../../support/suite.ts';

function valueOf(path: string, text: string): Value {
  const node = readValues({ path, text });
  if (!node.ok) throw new Error(renderDiagnostics(node.error));
  return toValue(node.value);
}

suite('readValues() reads JSON as Python does', (test) => {
  table<{ name: string; value: Value }>(
    test,
    [
      { name: '1', value: 1 },
      { name: '1.0', value: new Float(1) },
      { name: '1E5', value: new Float(100_000) },
      { name: '-0', value: 0 },
      { name: '0.1', value: 0.1 },
      { name: '12345678901234567890', value: 12345678901234567890n },
      { name: 'Infinity', value: Infinity },
      { name: '-Infinity', value: -Infinity },
      { name: '"a\\u00e9\\ud83d\\ude42\\/\\n"', value: 'aé🙂/\n' },
      { name: '\ufeff [ ]', value: [] },
      {
        name: '{"__proto__": {"a": [true, null]}}',
        value: new Map([['__proto__', new Map([['a', [true, null]]])]]),
      },
      { name: '"2020-01-01"', value: '2020-01-01' },
    ],
    ({ name, value }) => assert.equal(valueOf('a.json', name), value),
  );

  test('any JSON, as the platform', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, indent) => {
        const expected: unknown = JSON.parse(text);
        const read = toPlain(valueOf('a.json', JSON.stringify(expected, undefined, indent)));
        const asNumber = (_key: string, value: unknown) =>
          typeof value === 'bigint' ? Number(value) : value;
        assert.is(JSON.stringify(read, asNumber), JSON.stringify(expected));
      }),
    ));

  table(
    test,
    [
      { name: 'no value', text: '{"a": }', at: '1:7', message: 'Expected a value' },
      { name: 'no comma', text: '{"a": 1\n "b": 2}', at: '2:2', message: 'Expected "," or "}"' },
      { name: 'a trailing comma', text: '[1,]', at: '1:4', message: 'Expected a value' },
      {
        name: 'a trailing comma in a mapping',
        text: '{"a": 1,}',
        at: '1:9',
        message: 'Expected a key in double quotes',
      },
      { name: 'a key without quotes', text: '{a: 1}', at: '1:2', message: 'Expected a key in double quotes' },
      { name: 'no colon', text: '{"a" 1}', at: '1:6', message: 'Expected ":"' },
      {
        name: 'an open string',
        text: '["a',
        at: '1:4',
        message: 'This text is not closed, or has an invalid escape',
      },
      {
        name: 'a bad escape',
        text: '["\\x"]',
        at: '1:2',
        message: 'This text is not closed, or has an invalid escape',
      },
      { name: 'something behind', text: '{} {}', at: '1:4', message: 'Expected the end of the file' },
      { name: 'an open list', text: '[1', at: '1:3', message: 'Expected "," or "]"' },
      { name: 'nothing', text: '', at: '1:1', message: 'Expected a value' },
    ],
    ({ text, at, message }) => {
      const result = readValues({ path: 'a.json', text });
      assert.ok(!result.ok);
      const [first, second] = renderDiagnostics(result.error).split('\n');
      assert.is(first, `error[E_JSON_SYNTAX]: ${message}`);
      assert.is(second, ` --> a.json:${at}`);
    },
  );

  test('however deeply nested', () => {
    const result = readValues({ path: 'a.json', text: '['.repeat(100_000) });
    assert.ok(!result.ok && result.error[0]!.message === 'Lists and mappings are nested too deeply');
  });
});

suite('readValues() reads TOML', (test) => {
  test('with integers and floats apart', () =>
    assert.equal(
      valueOf('a.toml', 'i = 1\nf = 1.0\nbig = 9223372036854775807\nd = 2020-01-01\n[t]\nl = [1, 2.5]\n'),
      new Map<string, Value>([
        ['i', 1],
        ['f', new Float(1)],
        ['big', 9223372036854775807n],
        ['d', '2020-01-01'],
        ['t', new Map<string, Value>([['l', [1, 2.5]]])],
      ]),
    ));
});

suite('readValues() takes any other file as YAML', (test) => {
  test('params.yml, and one without an ending', () => {
    assert.equal(valueOf('params.yml', 'a: 1'), new Map([['a', 1]]));
    assert.equal(valueOf('params', 'a: 1'), new Map([['a', 1]]));
  });
});

suite('lookUp() follows dotted keys', (test) => {
  const node = readValues({ path: 'a.yaml', text: 'a: {b: [x, {c: 1}], "d.e": 2, 3: y}\nf:\n' });
  table(
    test,
    [
      { name: 'a', found: true },
      { name: 'a.b', found: true },
      { name: 'a.b.0', found: true },
      { name: 'a.b.1.c', found: true },
      { name: 'a.3', found: true },
      { name: 'f', found: true },
      { name: 'a.b.2', found: false },
      { name: 'a.b.-1', found: false },
      { name: 'a.b.x', found: false },
      { name: 'a.d.e', found: false },
      { name: 'f.g', found: false },
      { name: 'constructor', found: false },
      { name: '', found: false },
    ],
    ({ name, found }) => {
      assert.ok(node.ok);
      assert.is(lookUp(node.value, name) !== undefined, found);
    },
  );
});

suite('scalarText() writes as Python', (test) => {
  table<{ name: string; value: ScalarValue }>(
    test,
    [
      { name: 'None', value: null },
      { name: 'true', value: true },
      { name: '1', value: 1 },
      { name: '12345678901234567890', value: 12345678901234567890n },
      { name: '1.0', value: new Float(1) },
      { name: '-0.0', value: new Float(-0) },
      { name: '0.1', value: 0.1 },
      { name: '0.0001', value: 0.0001 },
      { name: '1e-05', value: 0.00001 },
      { name: '1.5e-07', value: 1.5e-7 },
      { name: '123456789.125', value: 123456789.125 },
      { name: '1000000000000000.0', value: new Float(1e15) },
      { name: '1e+16', value: new Float(1e16) },
      { name: '1.2345e+25', value: new Float(1.2345e25) },
      { name: '5e-324', value: 5e-324 },
      { name: 'inf', value: Infinity },
      { name: '-inf', value: -Infinity },
      { name: 'nan', value: NaN },
      { name: 'as it is', value: 'as it is' },
    ],
    ({ name, value }) => assert.is(scalarText(value), name),
  );
});
