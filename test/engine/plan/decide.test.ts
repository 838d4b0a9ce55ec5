import * as assert from 'uvu/assert';
import { float } from '../../../cache/index.ts';
import type { Verdict } from '../../../engine/plan/index.ts';
import { changeText } from '../../../engine/report/index.ts';
import { suite, table } from '../../support/suite.ts';
import { EMPTY, entryOf, type PlanOptions, planIn, type World } from './fake-world.ts';

const MANIFEST = 'stages: {s: {cmd: run, deps: [in, with], params: [k], outs: [out]}}\n';
const MADE = { deps: { in: 'i', with: 'w' }, params: { k: 1 }, outs: { out: 'o' } };

/** Everything as the lock says. */
const SETTLED: World = {
  ...EMPTY,
  files: { in: 'i', with: 'w', out: 'o' },
  params: { k: 1 },
  cached: ['o'],
  lock: { s: entryOf('run', MADE) },
};

const told = (verdict: Verdict | undefined): string =>
  verdict === undefined
    ? 'nothing'
    : [verdict.kind, ...('because' in verdict ? verdict.because.map(changeText) : [])].join('; ');

interface Row {
  readonly name: string;
  readonly world?: Partial<World>;
  readonly manifest?: string;
  readonly options?: PlanOptions;
  readonly verdict: string;
}

suite('decideStage() tells a change of', (test) => {
  const without = (path: string): Record<string, string> =>
    Object.fromEntries(Object.entries(SETTLED.files).filter(([name]) => name !== path));
  const rows: readonly Row[] = [
    { name: 'nothing', verdict: 'fresh' },
    { name: 'the lock: no entry', world: { lock: {} }, verdict: 'run; is not in the lock' },
    {
      name: 'the command',
      manifest: MANIFEST.replace('cmd: run', 'cmd: [run]'),
      verdict: 'run; command changed from "run" to "run"',
    },
    {
      name: 'a dep',
      world: { files: { ...SETTLED.files, in: 'j' } },
      verdict: 'run; dep in changed (865c0c0b -> 363b122c)',
    },
    {
      name: 'deps: one more',
      manifest: MANIFEST.replace('with]', 'with, out2]'),
      world: { files: { ...SETTLED.files, out2: 'x' } },
      verdict: 'run; dep out2 is new',
    },
    {
      name: 'deps: one less',
      manifest: MANIFEST.replace(', with', ''),
      verdict: 'run; dep with is no longer a dep',
    },
    {
      name: 'deps: one less, for DVC',
      manifest: MANIFEST.replace(', with', ''),
      options: { dialect: 'dvc' },
      verdict: 'fresh',
    },
    { name: 'deps: their order', manifest: MANIFEST.replace('in, with', 'with, in'), verdict: 'fresh' },
    {
      name: 'a param',
      world: { params: { k: 2 } },
      verdict: 'run; param k changed from 1 to 2 (config.yaml)',
    },
    { name: 'a param: only its type', world: { params: { k: float(1) } }, verdict: 'fresh' },
    {
      name: 'a param: a number to text',
      world: { params: { k: '1' } },
      verdict: 'run; param k changed from 1 to "1" (config.yaml)',
    },
    {
      name: 'params: one more',
      manifest: MANIFEST.replace('[k]', '[k, m]'),
      verdict: 'run; param m is new (config.yaml: null)',
    },
    {
      name: 'params: one less',
      manifest: MANIFEST.replace('[k]', '[]'),
      verdict: 'run; param k changed from 1 to (nothing) (config.yaml)',
    },
    {
      name: 'params: one less, for DVC',
      manifest: MANIFEST.replace('[k]', '[]'),
      options: { dialect: 'dvc' },
      verdict: 'fresh',
    },
    { name: 'an out: missing', world: { files: without('out') }, verdict: 'restore; out out is missing' },
    {
      name: 'an out: edited',
      world: { files: { ...SETTLED.files, out: 'x' } },
      verdict: 'restore; out out is not what the lock names (d9567975 -> 9dd4e461)',
    },
    { name: 'an out: not in the cache', world: { cached: [] }, verdict: 'run; out out is not in the cache' },
    {
      name: 'an out that is not cached: missing',
      manifest: MANIFEST.replace('[out]', '[out: {cache: false}]'),
      world: { cached: [], files: without('out') },
      verdict: 'run; out out is missing',
    },
    {
      name: 'an out that is not cached: nothing',
      manifest: MANIFEST.replace('[out]', '[out: {cache: false}]'),
      world: { cached: [] },
      verdict: 'fresh',
    },
    {
      name: 'outs: one more',
      manifest: MANIFEST.replace('[out]', '[out, more]'),
      verdict: 'run; out more is new',
    },
    { name: 'outs: one less', manifest: MANIFEST.replace('outs: [out]', 'outs: []'), verdict: 'fresh' },
    { name: 'the kind of an out', manifest: MANIFEST.replace('outs', 'metrics'), verdict: 'fresh' },
    {
      name: 'env',
      manifest: MANIFEST.replace('cmd: run', 'cmd: run, env: {A: 1}'),
      verdict: 'run; env.A changed from (nothing) to "1"',
    },
    {
      name: 'everything at once',
      world: { files: { in: 'j', with: 'v' }, params: { k: 2 }, cached: [] },
      verdict:
        'run; dep in changed (865c0c0b -> 363b122c); dep with changed (f1290186 -> 9e3669d1); param k changed from 1 to 2 (config.yaml); out out is not in the cache',
    },
    { name: 'nothing, by force', options: { force: true }, verdict: 'run; forced' },
    {
      name: 'a frozen stage',
      manifest: MANIFEST.replace('cmd: run', 'cmd: other, frozen: true'),
      options: { force: true },
      verdict: 'frozen',
    },
    {
      name: 'a stage that always runs',
      manifest: MANIFEST.replace('cmd: run', 'cmd: run, always_changed: true'),
      verdict: 'run; always runs',
    },
    {
      name: 'a stage without inputs and outs',
      manifest: 'stages: {s: {cmd: run}}',
      verdict: 'run; always runs',
    },
  ];
  table(test, rows, ({ world = {}, manifest = MANIFEST, options = {}, verdict }) => {
    assert.is(told(planIn({ ...SETTLED, ...world }, manifest, options)['s']), verdict);
  });
});

suite('decideStage() restores from the run cache', (test) => {
  const run = entryOf('run', MADE);
  const lost: World = { ...SETTLED, files: { in: 'i', with: 'w' }, lock: {}, runs: [run] };
  const rows: readonly Row[] = [
    { name: 'what was made of the same', verdict: 'restore; is not in the lock' },
    { name: 'not without it', options: { useRunCache: false }, verdict: 'run; is not in the lock' },
    { name: 'not by force', options: { force: true }, verdict: 'run; forced' },
    {
      name: 'not an entry of other params',
      world: { runs: [{ ...run, params: new Map([['config.yaml', new Map([['k', 2]])]]) }] },
      verdict: 'run; is not in the lock',
    },
    {
      name: 'not an entry of other deps',
      world: { runs: [entryOf('run', { ...MADE, deps: { in: 'i', with: 'v' } })] },
      verdict: 'run; is not in the lock',
    },
    {
      name: 'not an entry of another env',
      world: { runs: [{ ...run, env: new Map([['A', '1']]) }] },
      verdict: 'run; is not in the lock',
    },
    {
      name: 'not an entry whose outs the cache lacks',
      world: { cached: [] },
      verdict: 'run; is not in the lock',
    },
    {
      name: 'but another that it has',
      world: { cached: ['p'], runs: [run, entryOf('run', { ...MADE, outs: { out: 'p' } })] },
      verdict: 'restore; is not in the lock',
    },
    {
      name: 'not an out that persists',
      manifest: MANIFEST.replace('[out]', '[out: {persist: true}]'),
      verdict: 'run; is not in the lock',
    },
    {
      name: 'not a stage that always runs',
      manifest: MANIFEST.replace('cmd: run', 'cmd: run, always_changed: true'),
      verdict: 'run; always runs',
    },
  ];
  table(test, rows, ({ world = {}, manifest = MANIFEST, options = {}, verdict }) => {
    assert.is(told(planIn({ ...lost, ...world }, manifest, options)['s']), verdict);
  });
});

suite('makePlan() follows what happens upstream', (test) => {
  const CHAIN = `stages:
  a: {cmd: a, deps: [in], outs: [x]}
  b: {cmd: b, deps: [x], outs: [y]}
  c: {cmd: c, deps: [y, side], outs: [z]}
`;
  const chain: World = {
    ...EMPTY,
    files: { in: 'i', side: 's', x: 'X', y: 'Y', z: 'Z' },
    cached: ['X', 'Y', 'Z'],
    lock: {
      a: entryOf('a', { deps: { in: 'i' }, outs: { x: 'X' } }),
      b: entryOf('b', { deps: { x: 'X' }, outs: { y: 'Y' } }),
      c: entryOf('c', { deps: { y: 'Y', side: 's' }, outs: { z: 'Z' } }),
    },
  };
  const kinds = (world: Partial<World>, manifest = CHAIN): readonly string[] =>
    Object.values(planIn({ ...chain, ...world }, manifest)).map(told);

  test('what runs leaves those behind it pending, or running for a reason of their own', () => {
    assert.equal(kinds({ files: { ...chain.files, in: 'j' } }), [
      'run; dep in changed (865c0c0b -> 363b122c)',
      'pending',
      'pending',
    ]);
    assert.equal(
      kinds({ files: { ...chain.files, in: 'j', side: 't' } })[2],
      'run; dep side changed (03c7c0ac -> e358efa4)',
    );
    assert.equal(kinds({}, CHAIN.replace('cmd: c', 'cmd: d'))[2], 'run; command changed from "c" to "d"');
  });

  test('what is restored is known: on a clean checkout all of it', () => {
    assert.equal(kinds({ files: { in: 'i', side: 's' } }), [
      'restore; out x is missing',
      'restore; out y is missing',
      'restore; out z is missing',
    ]);
    assert.equal(kinds({ files: { in: 'i', side: 's' }, cached: ['X', 'Z'] })[2], 'pending');
  });

  test('what is restored from the run cache may be another content than the lock has', () => {
    const world = {
      files: { ...chain.files, in: 'j' },
      runs: [entryOf('a', { deps: { in: 'j' }, outs: { x: 'W' } })],
      cached: ['W', 'X', 'Y', 'Z'],
    };
    assert.equal(kinds(world), [
      'restore; dep in changed (865c0c0b -> 363b122c)',
      'run; dep x changed (02129bb8 -> 61e9c06e)',
      'pending',
    ]);
  });

  test('what is blocked blocks what needs it, and nothing else', () => {
    assert.equal(kinds({ files: { side: 's' } }, `${CHAIN}  d: {cmd: d, outs: [w]}\n`), [
      'blocked',
      'blocked',
      'blocked',
      'run; is not in the lock',
    ]);
  });

  test('it is a pure function: twice the same, and the lock and the world as before', () => {
    const world = { ...chain, files: { in: 'j', side: 's', y: 'Y' } };
    const before = structuredClone({ files: world.files, cached: world.cached });
    assert.equal(planIn(world, CHAIN), planIn(world, CHAIN));
    assert.equal({ files: world.files, cached: world.cached }, before);
  });
});
