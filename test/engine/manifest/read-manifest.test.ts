import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as assert from 'uvu/assert';
import { type Dialect, readManifest } from '../../../engine/manifest/index.ts';
import { suite, table } from '../../support/suite.ts';

const read = (text: string, dialect: Dialect = 'native') =>
  readManifest({ path: 'dvc-like.yaml', text }, dialect, '.');

function codes(text: string, dialect: Dialect = 'native'): readonly string[] {
  const manifest = read(text, dialect);
  return manifest.ok ? [] : manifest.error.map((each) => each.code);
}

suite('readManifest() takes an empty file as an empty manifest', (test) => {
  table(
    test,
    [
      { name: 'nothing', text: '' },
      { name: 'a comment', text: '# nothing yet\n' },
      { name: 'an empty mapping', text: '{}' },
    ],
    ({ text }) => {
      const manifest = read(text);
      assert.ok(manifest.ok && manifest.value.root.entries.length === 0);
    },
  );
});

/** Everything that DVC's schema and ours have in common. */
const SHARED = `
vars: [v.yaml, {a: 1}]
params: [p.yaml]
metrics: [m.json]
plots:
  - plots/
  - loss.csv: {x: epoch, y: [a, b], x_label: e, y_label: l, title: t, template: linear}
  - both: {x: {a.csv: e}, y: {a.csv: [l, m]}}
  - alone:
stages:
  a:
    cmd: [one, two]
    wdir: sub
    deps: [x]
    params: [a, p.yaml: [b], q.yaml: ]
    vars: [w.yaml]
    frozen: false
    always_changed: true
    desc: what it does
    meta: {anything: [at, all]}
    outs:
      - plain
      - full: {cache: false, persist: true, desc: d, type: model, labels: [l], meta: 1}
    metrics: [m.json: {cache: false}]
    plots: [p.csv: {cache: false, x: a, y: b, x_label: c, y_label: d, title: e, template: f, header: true}]
  b: {foreach: [1], do: {cmd: x}}
  c: {foreach: {a: 1}, do: {cmd: x}}
  d: {foreach: '\${x}', do: {cmd: x}}
  e: {matrix: {a: [1], b: '\${x}'}, cmd: x}
`;

/** And what is ours alone. */
const NATIVE = `
stages:
  a:
    module: stages/a/stage.ts
    with: {fields: [title]}
    deps: [x, {each: 'y/\${item}', by: month, from: 2019-01, to: '\${to}'}]
    env: {A: text, B: 2, C: true}
    resources: {cpu: 2}
  b: {partition: {by: month, from: 2019-01, to: 2019-12}, do: {cmd: x, resources: {cpu: '\${n}'}}}
`;

suite('readManifest() accepts all keys of a dialect', (test) => {
  test('DVC has', () => assert.equal(codes(SHARED, 'dvc'), []));
  test('we share', () => assert.equal(codes(SHARED), []));
  test('we add', () => assert.equal(codes(NATIVE), []));
  test('and refuses in dvc.yaml what we add', () => assert.ok(codes(NATIVE, 'dvc').length > 0));
});

suite('readManifest() refuses by name what is not there yet', (test) => {
  table(
    test,
    ['timeout: 30m', 'retries: {limit: 2}', 'executor: slurm', 'sandbox: true', 'name: x'].map((key) => ({
      name: key,
      text: `stages: {a: {cmd: x, ${key}}}`,
    })),
    ({ text }) => {
      assert.equal(codes(text), ['E_UNKNOWN_KEY']);
      const manifest = read(text);
      assert.ok(!manifest.ok && manifest.error[0]!.hint === undefined);
    },
  );
  table(
    test,
    [
      { name: 'artifacts', text: 'artifacts: {}' },
      { name: 'datasets', text: 'datasets: []' },
      { name: 'x-anything', text: 'x-anything: 1' },
      { name: 'remote of an out', text: 'stages: {a: {cmd: x, outs: [{o: {remote: r}}]}}' },
      { name: 'push of an out', text: 'stages: {a: {cmd: x, outs: [{o: {push: false}}]}}' },
      { name: 'checkpoint of an out', text: 'stages: {a: {cmd: x, outs: [{o: {checkpoint: true}}]}}' },
      { name: 'memory', text: 'stages: {a: {cmd: x, resources: {memory: 4GB}}}' },
    ],
    ({ text }) => assert.equal(codes(text), ['E_UNKNOWN_KEY']),
  );
});

suite('readManifest() tells one mistake once', (test) => {
  table(
    test,
    [
      { name: 'neither cmd nor module', text: 'stages: {a: {desc: x}}', expected: ['E_MISSING_KEY'] },
      { name: 'a stage that is nothing', text: 'stages: {a: }', expected: ['E_WRONG_TYPE'] },
      {
        name: 'a dep that is a list',
        text: 'stages: {a: {cmd: x, deps: [[b]]}}',
        expected: ['E_WRONG_TYPE'],
      },
      {
        name: 'an out that is a number',
        text: 'stages: {a: {cmd: x, outs: [1]}}',
        expected: ['E_WRONG_TYPE'],
      },
      { name: 'a wrong option', text: 'stages: {a: {cmd: x, outs: [{o: 1}]}}', expected: ['E_WRONG_TYPE'] },
      { name: 'stages that are nothing', text: 'stages:', expected: ['E_WRONG_TYPE'] },
      { name: 'text', text: 'just text', expected: ['E_WRONG_TYPE'] },
    ],
    ({ text, expected }) => assert.equal(codes(text), expected),
  );
});

suite('readManifest() treats a name as a name', (test) => {
  test('whatever it would mean to JavaScript', () => {
    const names = ['__proto__', 'constructor', 'a/b', 'a~1b', '0', 'étape', ''];
    const text = `stages:\n${names.map((name) => `  "${name}": {cmd: x, dep: 1}\n`).join('')}`;
    const manifest = read(text);
    assert.ok(!manifest.ok);
    assert.equal(
      manifest.error.map((each) => each.message),
      names.map((name) => `Unknown key "dep" in stage "${name}"`),
    );
    assert.equal(
      manifest.error.map((each) => text.slice(each.place!.range.start, each.place!.range.end)),
      names.map(() => 'dep'),
    );
    assert.is(({} as { cmd?: string }).cmd, undefined);
  });
});

const GOLDEN = resolve('../shared/dvc/golden/dvc.yaml');

function goldenText(): string | undefined {
  try {
    return readFileSync(GOLDEN, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const golden = goldenText();

suite('readManifest() reads what real DVC reads', {
  skip: golden === undefined ? `there is no ${GOLDEN}` : undefined,
}, (test) => {
  test('the golden repository', () => {
    assert.ok(read(golden!, 'dvc').ok);
  });
});
