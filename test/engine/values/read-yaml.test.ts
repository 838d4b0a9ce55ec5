import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Float, isMap, type Value } from '../../../cache/index.ts';
import { lineAndColumn } from '../../../engine/core/index.ts';
import { readYaml, toValue, type YamlMap } from '../../../engine/values/index.ts';
import { suite, table } from '../../support/suite.ts';

const read = (text: string) => readYaml({ path: 'a.yaml', text });

function valueOf(text: string): Value {
  const node = read(text);
  if (!node.ok) throw new Error(node.error.map((each) => each.message).join('; '));
  return toValue(node.value);
}

suite('readYaml() reads scalars as DVC does', (test) => {
  table<{ name: string; value: Value }>(
    test,
    [
      { name: '1', value: 1 },
      { name: '-7', value: -7 },
      { name: '+7', value: 7 },
      { name: '1.0', value: new Float(1) },
      { name: '1.', value: new Float(1) },
      { name: '.5', value: 0.5 },
      { name: '1e-3', value: 0.001 },
      { name: '1e3', value: new Float(1000) },
      { name: '-0.0', value: new Float(-0) },
      { name: '.inf', value: Infinity },
      { name: '-.INF', value: -Infinity },
      { name: '9007199254740992', value: 9007199254740992n },
      { name: '-123456789012345678901234567890', value: -123456789012345678901234567890n },
      { name: '012', value: 12 },
      { name: '0o17', value: 15 },
      { name: '0x1F', value: 31 },
      { name: '0b101', value: 5 },
      { name: '1_000', value: 1000 },
      { name: '1_000.5', value: 1000.5 },
      { name: 'true', value: true },
      { name: 'FALSE', value: false },
      { name: 'yes', value: 'yes' },
      { name: 'off', value: 'off' },
      { name: '~', value: null },
      { name: 'null', value: null },
      { name: '', value: null },
      { name: '2020-01-01', value: '2020-01-01' },
      { name: '2019-03', value: '2019-03' },
      { name: '12:30', value: '12:30' },
      { name: '1.2.3', value: '1.2.3' },
      { name: '.', value: '.' },
      { name: '0o9', value: '0o9' },
      { name: '"1"', value: '1' },
      { name: "'it''s'", value: "it's" },
      { name: '!!str 1', value: '1' },
      { name: '! 1', value: '1' },
      { name: '!!float 1', value: new Float(1) },
      { name: '!!int "3"', value: 3 },
      { name: '${x}', value: '${x}' },
    ],
    ({ name, value }) => assert.equal(valueOf(name), value),
  );

  test('not a number', () => assert.ok(Number.isNaN(valueOf('.nan'))));
});

suite('readYaml() keeps the order and the text of keys', (test) => {
  test('whatever they look like', () => {
    const value = valueOf('{b: 1, 10: 2, 2: 3, __proto__: 4, constructor: 5, true: 6, "": 7}');
    assert.equal(
      [...(value as Map<string, Value>).keys()],
      ['b', '10', '2', '__proto__', 'constructor', 'true', ''],
    );
  });

  test('and says which are not text', () => {
    const node = read('{1: a, "1a": b, ~: c}');
    assert.ok(node.ok);
    assert.equal(
      (node.value as YamlMap).entries.map((entry) => [entry.key, entry.isTyped === true]),
      [
        ['1', true],
        ['1a', false],
        ['~', true],
      ],
    );
  });
});

suite('readYaml() knows the place of everything', (test) => {
  const text = 'a:\n  - "x"\n  - {k: v}\nempty:\n';
  const node = read(text);

  test('keys, values, and where a value is missing', () => {
    assert.ok(node.ok);
    const [a, empty] = (node.value as YamlMap).entries;
    const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    assert.is(slice(a!.keyRange), 'a');
    assert.ok(a!.value.kind === 'list');
    assert.equal(
      a!.value.items.map((item) => slice(item.range)),
      ['"x"', '{k: v}'],
    );
    assert.equal(lineAndColumn({ path: '', text }, empty!.value.range.start), { line: 4, column: 7 });
  });
});

suite('readYaml() resolves aliases and merges', (test) => {
  table(
    test,
    [
      { name: 'an alias', yaml: 'a: &x [1]\nb: *x', same: 'a: [1]\nb: [1]' },
      { name: 'the latest anchor of a name', yaml: '[&x 1, *x, &x 2, *x]', same: '[1, 1, 2, 2]' },
      { name: 'an alias as a key', yaml: '{a: &x k, *x : 1}', same: '{a: k, k: 1}' },
      {
        name: 'a merge',
        yaml: 'a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}',
        same: 'a: {p: 1, q: 2}\nb: {p: 1, q: 3}',
      },
      {
        name: 'a merge after the keys that win over it',
        yaml: '{q: 3, <<: {p: 1, q: 2}}',
        same: '{p: 1, q: 3}',
      },
      {
        name: 'a merge of several, the earlier winning',
        yaml: '{<<: [{p: 1}, {p: 2, q: 2}], r: 3}',
        same: '{p: 1, q: 2, r: 3}',
      },
      { name: 'a merge of a merge', yaml: '{<<: {<<: {p: 1}, q: 2}}', same: '{p: 1, q: 2}' },
      { name: 'a quoted "<<" is a key', yaml: '{"<<": 1}', same: '{"<<": 1}' },
    ],
    ({ yaml, same }) => {
      assert.equal(valueOf(yaml), valueOf(same));
      assert.equal(JSON.stringify(entriesOf(valueOf(yaml))), JSON.stringify(entriesOf(valueOf(same))));
    },
  );

  test('many uses of one anchor are no attack', () => {
    const uses = Array.from({ length: 1000 }, (_, i) => `s${i}: {<<: *x, own: ${i}}\n`).join('');
    assert.ok(read(`base: &x {a: 1, b: [1, 2, 3], c: {d: 1}}\n${uses}`).ok);
  });
});

/** With the order of keys. */
const entriesOf = (value: Value): unknown =>
  isMap(value) ? Array.from(value, ([key, item]) => [key, entriesOf(item)]) : value;

suite('readYaml() survives any text', (test) => {
  test('with a value or diagnostics that have places', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'{}[]:,-?&*!|>\'"%@`# \n\tax1~<'.split('')), { maxLength: 60 }),
        (characters) => {
          const result = read(characters.join(''));
          if (result.ok) return;
          assert.ok(result.error.length > 0);
          for (const { place } of result.error) {
            assert.ok(place !== undefined && place.range.end <= place.file.text.length);
            assert.ok(place.range.start <= place.range.end);
          }
        },
      ),
      { numRuns: 2000 },
    ));

  test('however deeply nested', () => {
    const result = read('['.repeat(20_000));
    assert.ok(!result.ok);
    assert.equal(
      result.error.map((each) => each.message),
      ['Lists and mappings are nested too deeply'],
    );
  });
});
