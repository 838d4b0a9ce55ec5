import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { ResolvedStage } from '../../../engine/template/index.ts';
import { suite } from '../../support/suite.ts';
import { resolve, resolveNative, resolveStage } from './resolve.ts';

const names = (stages: readonly ResolvedStage[]) => stages.map((stage) => stage.name);
const paths = (of: readonly { readonly path: string }[]) => of.map((each) => each.path);
const commandOf = ({ action }: ResolvedStage) =>
  action.kind === 'module' ? action.module : action.kind === 'command' ? action.cmd : '';

suite('resolveStages() unfolds each in place', (test) => {
  test('both ends included, over the turn of a year', () => {
    const stage = resolveStage(
      `
stages:
  a:
    cmd: x
    deps: [first, {each: 'd/\${item}.\${ext}', by: month, from: 2018-11, to: '\${to}'}, last]
`,
      'to: 2019-02\next: csv',
    );
    assert.equal(paths(stage.deps), [
      'first',
      'd/2018-11.csv',
      'd/2018-12.csv',
      'd/2019-01.csv',
      'd/2019-02.csv',
      'last',
    ]);
  });

  test('with the member of the group it stands in at its ends', () => {
    const { stages } = resolveNative(`
stages:
  a:
    partition: {by: month, from: 2019-01, to: 2019-02}
    do: {cmd: x, deps: [{each: '\${item}', by: month, from: 2018-12, to: '\${item}'}]}
`);
    assert.equal(
      stages.map((stage) => paths(stage.deps)),
      [
        ['2018-12', '2019-01'],
        ['2018-12', '2019-01', '2019-02'],
      ],
    );
  });
});

suite('resolveStages() unfolds groups in the order of the manifest', (test) => {
  test('and names their members', () => {
    const { stages } = resolveNative(`
stages:
  first: {cmd: x}
  months:
    partition: {by: month, from: 2018-12, to: 2019-01}
    do: {cmd: 'x \${item}', outs: ['m/\${item}']}
  list: {foreach: [b, a, b, 1.0, true, null], do: {cmd: 'x \${item}'}}
  composite: {foreach: [{k: v}, x], do: {cmd: x}}
  map: {foreach: {z: {n: 1}, __proto__: {n: 2}}, do: {cmd: 'x \${key} \${item.n}'}}
  cross: {matrix: {p: [1, 2], q: [a, {b: c}]}, cmd: 'x \${item.p} \${key}'}
  last: {cmd: x}
`);
    assert.equal(names(stages), [
      'first',
      'months@2018-12',
      'months@2019-01',
      'list@b',
      'list@a',
      'list@1.0',
      'list@true',
      'list@None',
      'composite@0',
      'composite@1',
      'map@z',
      'map@__proto__',
      'cross@1-a',
      'cross@1-q1',
      'cross@2-a',
      'cross@2-q1',
      'last',
    ]);
    assert.is(stages[2]!.group, 'months');
    assert.is(commandOf(stages[2]!), 'x 2019-01');
    assert.equal(paths(stages[2]!.outs), ['m/2019-01']);
    assert.is(commandOf(stages[11]!), 'x __proto__ 2');
    assert.is(commandOf(stages[13]!), 'x 1 1-q1');
  });

  test('an empty list or axis gives no stages', () =>
    assert.equal(
      names(
        resolveNative('stages: {a: {foreach: [], do: {cmd: x}}, b: {matrix: {x: [], y: [1]}, cmd: x}}')
          .stages,
      ),
      [],
    ));

  test('and keeps what is called item for the others', () => {
    const { stages } = resolveNative(
      "stages: {a: {foreach: [1], do: {cmd: '${item}'}}, b: {cmd: '${item}'}}",
      'item: 5',
    );
    assert.equal(stages.map(commandOf), ['1', '5']);
  });
});

suite('resolveStages() names members as the lock of real DVC has them', (test) => {
  const manifest = `
stages:
  a: {foreach: '\${l}', do: {cmd: x}}
  b: {foreach: [true, '\${yes}', '\${no}'], do: {cmd: x}}
  c: {matrix: {p: [false, '\${yes}'], q: ['\${n}']}, cmd: '\${key}'}
`;
  const values = 'l: [true, 1.0, null]\nyes: true\nno: false\nn: 1e16\n';

  test('a boolean from a template as Python writes it, in dvc.yaml', () => {
    const resolved = resolve(
      new Map([
        ['dvc.yaml', manifest],
        ['params.yaml', values],
      ]),
    );
    assert.ok(resolved.ok);
    assert.equal(names(resolved.value.stages), [
      'a@True',
      'a@1.0',
      'a@None',
      'b@true',
      'b@True',
      'b@False',
      'c@false-1e+16',
      'c@True-1e+16',
    ]);
    assert.is(commandOf(resolved.value.stages.at(-1)!), 'True-1e+16');
  });

  test('and as YAML does in dvc-like.yaml', () =>
    assert.equal(names(resolveNative(manifest, values).stages), [
      'a@true',
      'a@1.0',
      'a@None',
      'b@true',
      'b@false',
      'c@false-1e+16',
      'c@true-1e+16',
    ]));

  test('equal combinations of a matrix being one', () =>
    assert.equal(names(resolveNative('stages: {a: {matrix: {p: [x, x]}, cmd: x}}').stages), ['a@x']));
});

suite('resolveStages() gives every stage a name of its own', (test) => {
  const scalar = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.boolean(), fc.constantFrom('a', 'b', 'é', '1'));

  test('of a foreach', () =>
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 8 }), (items) => {
        const found = names(
          resolveNative(`stages: {s: {foreach: ${JSON.stringify(items)}, do: {cmd: x}}}`).stages,
        );
        assert.equal(found, [...new Set(items.map((item) => `s@${String(item)}`))]);
      }),
    ));

  test('of a matrix', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
        fc.uniqueArray(fc.constantFrom('x', 'y'), { maxLength: 2 }),
        (first, second) => {
          const matrix = JSON.stringify({ first, second });
          const found = names(resolveNative(`stages: {s: {matrix: ${matrix}, cmd: x}}`).stages);
          assert.equal(
            found,
            first.flatMap((a) => second.map((b) => `s@${a}-${b}`)),
          );
        },
      ),
    ));
});

suite('resolveStages() is fast', (test) => {
  test('enough for a thousand members and their months', () => {
    const { stages } = resolveNative(
      `
stages:
  all:
    partition: {by: month, from: 1920-01, to: 2019-12}
    do: {cmd: 'x \${item} \${a.b}', deps: ['in/\${item}'], outs: ['out/\${item}']}
`,
      'a: {b: 1}',
    );
    assert.is(stages.length, 1200);
  });
});
