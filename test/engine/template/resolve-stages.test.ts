import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Float } from '../../../cache/index.ts';
import type { ResolvedStage } from '../../../engine/template/index.ts';
import { suite, table } from '../../support/suite.ts';
import { plain, resolveNative, resolveStage } from './resolve.ts';

const paths = (of: readonly { readonly path: string }[]) => of.map((each) => each.path);
const commandOf = ({ action }: ResolvedStage) =>
  action.kind === 'module' ? action.module : action.kind === 'command' ? action.cmd : '';

suite('resolveStages() gives a stage all that the manifest says', (test) => {
  test('of a command', () => {
    const stage = resolveStage(
      `
stages:
  a:
    cmd: ['echo \${x}', echo 2]
    wdir: sub
    deps: [in.txt]
    outs: [out.txt]
    frozen: true
    always_changed: true
    desc: makes \${x}
    meta: {k: '\${x}', l: [1.0]}
    env: {A: text, B: 2.0, C: '\${x}'}
`,
      'x: 1\n',
    );
    assert.is(stage.group, undefined);
    assert.is(stage.wdir, 'sub');
    assert.equal(commandOf(stage), ['echo 1', 'echo 2']);
    assert.ok(stage.frozen && stage.alwaysChanged);
    assert.is(stage.desc, 'makes 1');
    assert.equal(
      stage.meta,
      new Map<string, unknown>([
        ['k', 1],
        ['l', [new Float(1)]],
      ]),
    );
    assert.equal(
      [...stage.env],
      [
        ['A', 'text'],
        ['B', '2.0'],
        ['C', '1'],
      ],
    );
    assert.is(stage.cpu, 1);
    const { file, range } = stage.place;
    assert.is(file.text.slice(range.start, range.end), 'a');
  });

  test('of a module, its arguments templated deeply with their types', () => {
    const stage = resolveStage(
      "stages: {a: {module: s/./a.ts, with: {deep: ['${C}', '${d}', '${l}', 'x${C}'], '${k}': 1}, resources: {cpu: '${n}'}}}",
      'C: 1.0\nd: {a: true}\nl: [1]\nk: key\nn: 3\n',
    );
    assert.ok(stage.action.kind === 'module');
    assert.is(stage.action.module, 's/a.ts');
    assert.equal(plain(stage.action.with), {
      __proto__: null,
      deep: [1, { __proto__: null, a: true }, [1], 'x1.0'],
      key: 1,
    });
    assert.instance((stage.action.with.get('deep') as readonly unknown[])[0], Float);
    assert.is(stage.cpu, 3);
  });

  test('whose module is relative to its working directory', () => {
    const { action } = resolveStage('stages: {a: {module: ../x.ts, wdir: sub}}');
    assert.ok(action.kind === 'module' && action.module === 'x.ts');
  });
});

suite('resolveStages() makes paths normal', (test) => {
  table(
    test,
    [
      { name: './a', path: 'a' },
      { name: 'a//b/', path: 'a/b' },
      { name: 'a/../b', path: 'b' },
      { name: '../up', path: '../up' },
      { name: '/absolute/x/', path: '/absolute/x' },
      { name: 'with blank', path: 'with blank' },
      { name: '${n}', path: '2019' },
      { name: 'data/${n}', path: 'data/2019' },
    ],
    ({ name, path }) =>
      assert.equal(paths(resolveStage(`stages: {a: {cmd: x, deps: ['${name}']}}`, 'n: 2019').deps), [path]),
  );

  test('and has each dep once', () =>
    assert.equal(paths(resolveStage('stages: {a: {cmd: x, deps: [b, ./a, a, b/]}}').deps), ['b', 'a']));
});

suite('resolveStages() reads outs', (test) => {
  test('in the order of outs, metrics and plots', () => {
    const { outs } = resolveStage(
      'stages: {a: {cmd: x, plots: [p: {x: e, title: T, cache: false}], metrics: [m], outs: [o: {persist: true}, q]}}',
    );
    assert.equal(
      outs.map(({ path, kind, cache, persist, plot }) => ({ path, kind, cache, persist, plot: plain(plot) })),
      [
        { path: 'o', kind: 'out', cache: true, persist: true, plot: undefined },
        { path: 'q', kind: 'out', cache: true, persist: false, plot: undefined },
        { path: 'm', kind: 'metric', cache: true, persist: false, plot: undefined },
        {
          path: 'p',
          kind: 'plot',
          cache: false,
          persist: false,
          plot: { __proto__: null, x: 'e', title: 'T' },
        },
      ],
    );
  });

  test('merging a path that stands twice in a list', () => {
    const { outs } = resolveStage(
      'stages: {a: {cmd: x, outs: [o: {cache: false, desc: one}, ./o: {persist: true, desc: "${d}", labels: [l, "${d}"], type: t, meta: {a: 1}}, o]}}',
      'd: two',
    );
    assert.is(outs.length, 1);
    const [out] = outs;
    assert.equal(
      [out!.cache, out!.persist, out!.desc, out!.type, out!.labels],
      [false, true, 'two', 't', ['l', 'two']],
    );
    assert.equal(plain(out!.meta), { __proto__: null, a: 1 });
  });

  test('that are outside only where DVC has them uncached', () => {
    assert.throws(
      () => resolveNative('stages: {a: {cmd: x, outs: [../o: {cache: false}]}}'),
      /E_OUT_OUTSIDE/,
    );
    assert.throws(() => resolveNative('stages: {a: {cmd: x, wdir: sub, outs: [../../o]}}'), /E_OUT_OUTSIDE/);
    assert.equal(paths(resolveStage('stages: {a: {cmd: x, wdir: sub, outs: [../o]}}').outs), ['../o']);
  });
});

suite('resolveStages() reads params', (test) => {
  test('by file, in declared order', () => {
    const { params } = resolveStage(
      "stages: {a: {cmd: x, params: [a, b.c, {p.yaml: [x, '${k}'], q.yaml: , config.yaml: [d]}, a, {./p.yaml: [z]}, {r.yaml: []}]}}",
      'k: y',
    );
    assert.equal(
      params.map(({ file, keys }) => [file, keys === 'all' ? keys : keys.map(({ key }) => key)]),
      [
        ['config.yaml', ['a', 'b.c', 'd']],
        ['p.yaml', ['x', 'y', 'z']],
        ['q.yaml', 'all'],
        ['r.yaml', 'all'],
      ],
    );
  });

  test('the whole file where it is named once without keys', () => {
    const { params } = resolveStage('stages: {a: {cmd: x, params: [a, {config.yaml: }]}}');
    assert.equal(
      params.map(({ file, keys }) => [file, keys]),
      [['config.yaml', 'all']],
    );
  });
});

suite('resolveStages() fills in commands', (test) => {
  table(
    test,
    [
      { name: 'a number', cmd: '${n}', expected: '2' },
      {
        name: 'a mapping as flags',
        cmd: 'run ${d}',
        expected: "run --a 1 --b.c 'x y' --t --l 1 True '' --q 'it'\"'\"'s'",
      },
      { name: 'a mapping alone as flags', cmd: '${d.b}', expected: "--c 'x y'" },
      { name: 'escapes', cmd: '\\${n} ${n}', expected: '${n} 2' },
      { name: 'escapes in a value, in text', cmd: 'x ${e}', expected: 'x ${n}' },
      { name: 'a value alone, as it is', cmd: '${e}', expected: '\\${n}' },
      { name: 'lines', cmd: 'one ${n}\ntwo', expected: 'one 2\ntwo' },
    ],
    ({ cmd, expected }) => {
      const stage = resolveStage(
        `stages: {a: {cmd: ${JSON.stringify(cmd)}}}`,
        "n: 2\ne: '\\${n}'\nd: {a: 1, b: {c: x y}, t: true, f: false, l: [1, true, ''], none: [], q: it's}",
      );
      assert.is(commandOf(stage), expected);
    },
  );
});

suite('resolveStages() loads vars', (test) => {
  test('of a stage on top of the others, relative to its working directory', () => {
    const { stages } = resolveNative(
      `
vars: [top.json, {d: {inline: 1}}]
stages:
  a: {wdir: sub, vars: [v.toml], cmd: '\${x} \${top} \${own} \${d}'}
  b: {cmd: '\${d}'}
`,
      'x: 1\nd: {c: 2}',
      { 'top.json': '{"top": 1.0}', 'sub/v.toml': 'own = "o"\n[d]\nmore = 3\n' },
    );
    assert.equal(stages.map(commandOf), ['1 1.0 o --c 2 --inline 1 --more 3', '--c 2 --inline 1']);
  });

  test('of the same file twice', () => {
    const resolved = resolveNative('vars: [v.yaml, ./v.yaml, config.yaml, "w.yaml:a", "w.yaml:b"]', 'x: 1', {
      'v.yaml': 'y: 1',
      'w.yaml': 'a: 1\nb: 2',
    });
    assert.equal(resolved.stages, []);
  });

  test('where there is no file of parameters', () => {
    assert.is(commandOf(resolveStage("vars: [{a: 1}]\nstages: {s: {cmd: '${a}'}}")), '1');
  });
});

suite('resolveStages() resolves the top-level lists', (test) => {
  test('with their templates', () => {
    const { params, metrics, plots } = resolveNative(
      "params: ['${f}']\nmetrics: [./m.json]\nplots: [dir, {loss: {x: '${f}', y: {a.csv: [l]}}}, {alone: }]",
      'f: p.yaml',
    );
    assert.equal(paths(params), ['p.yaml']);
    assert.equal(paths(metrics), ['m.json']);
    assert.equal(
      plots.map(({ id, options }) => [id, plain(options)]),
      [
        ['dir', { __proto__: null }],
        ['loss', { __proto__: null, x: 'p.yaml', y: { __proto__: null, 'a.csv': ['l'] } }],
        ['alone', { __proto__: null }],
      ],
    );
  });
});

suite('resolveStages() leaves text without ${ as it is', (test) => {
  test('whatever it is', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('${'));
        const stage = resolveStage(`stages: {a: {cmd: x, desc: ${JSON.stringify(text)}}}`);
        assert.is(stage.desc, text);
      }),
    ));

  test('and a whole template gives back any value, with its type', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.boolean(), fc.integer(), fc.constant(null), fc.array(fc.integer())),
        (value) => {
          const stage = resolveStage(
            "stages: {a: {module: x.ts, with: {v: '${v}'}}}",
            `v: ${JSON.stringify(value)}`,
          );
          assert.ok(stage.action.kind === 'module');
          assert.equal(stage.action.with.get('v'), value);
        },
      ),
    ));
});
