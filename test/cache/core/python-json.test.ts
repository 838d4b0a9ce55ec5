import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Float, parseYamlValue, pythonFloat, pythonJson, type Value } from '../../../cache/index.ts';
import { suite, table } from '../../support/suite.ts';

suite("pythonJson() writes what Python's json.dumps(sort_keys=True) writes", (test) => {
  const rows: readonly { readonly name: string; readonly value: Value; readonly json: string }[] = [
    { name: 'null', value: null, json: 'null' },
    { name: 'booleans', value: [true, false], json: '[true, false]' },
    { name: 'an integer', value: 1, json: '1' },
    { name: 'minus zero is an integer', value: -0, json: '0' },
    { name: 'a float that is integral', value: new Float(1), json: '1.0' },
    { name: 'minus zero as a float', value: new Float(-0), json: '-0.0' },
    { name: 'small floats', value: [0.0001, 0.00001, 1.5e-7], json: '[0.0001, 1e-05, 1.5e-07]' },
    {
      name: 'large floats',
      value: [new Float(1e15), new Float(1e16), new Float(1.5e300)],
      json: '[1000000000000000.0, 1e+16, 1.5e+300]',
    },
    {
      name: 'floats that are no numbers',
      value: [Infinity, -Infinity, NaN],
      json: '[Infinity, -Infinity, NaN]',
    },
    {
      name: 'integers beyond 2^53',
      value: 123456789012345678901234567890n,
      json: '123456789012345678901234567890',
    },
    { name: 'escapes', value: '"\\/\b\f\n\r\t\u0001\u007f', json: '"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f"' },
    { name: 'what is not ASCII', value: 'é😀\u2028', json: '"\\u00e9\\ud83d\\ude00\\u2028"' },
    { name: 'a lone surrogate', value: '\ud800', json: '"\\ud800"' },
    { name: 'empty collections', value: [[], new Map()], json: '[[], {}]' },
    {
      name: 'keys by code point',
      value: new Map([...['\u{1f600}', '\uff5e', 'b', 'a', '10', '9'].map((key) => [key, 1] as const)]),
      json: '{"10": 1, "9": 1, "a": 1, "b": 1, "\\uff5e": 1, "\\ud83d\\ude00": 1}',
    },
    { name: 'a key like any other', value: new Map([['__proto__', 1]]), json: '{"__proto__": 1}' },
  ];
  table(test, rows, ({ value, json }) => assert.is(pythonJson(value), json));
});

suite('pythonFloat() loses no digit', (test) => {
  test('of any finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = pythonFloat(value);
        assert.ok(Object.is(Number(text), value), text);
        assert.match(text, /^-?(?:\d+\.\d+|\d(?:\.\d+)?e[-+]\d{2,3})$/);
      }),
    );
  });
  test('and is read back as a float', () => {
    assert.equal(parseYamlValue('1e+16'), new Float(1e16));
  });
});
