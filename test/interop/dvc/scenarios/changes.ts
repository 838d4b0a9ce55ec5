/**
 * What makes a stage run, be restored or stay.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const PARAMS = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'], more: 'params:\n- lr\n- model.depth\n' },
  }),
  'params.yaml': 'lr: 0.1\nmodel: {depth: 3, width: 4}\nother: x\n',
  in: 'one\n',
};

const paramEdit = (name: string, text: string): Scenario => ({
  name: `a param: ${name}`,
  files: PARAMS,
  steps: [run('repro'), write({ 'params.yaml': text }), run('repro'), run('repro')],
});

export const CHANGES: readonly Scenario[] = [
  { name: 'a chain runs once, then nothing', files: CHAIN, steps: [run('repro'), run('repro')] },
  {
    name: 'an edited dep runs all that follows',
    files: CHAIN,
    steps: [run('repro'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'an input that returns is restored by the run cache',
    files: CHAIN,
    steps: [run('repro'), write({ in: 'two\n' }), run('repro'), write({ in: 'one\n' }), run('repro')],
  },
  {
    name: 'an out that comes out the same stops the work',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], cmd: 'wc -l < in > a.txt' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'a deleted out is checked out again',
    files: CHAIN,
    steps: [run('repro'), sh('rm b.txt'), run('repro')],
  },
  {
    name: 'an edited out is put right',
    files: CHAIN,
    steps: [run('repro'), sh('rm -f b.txt; echo other > b.txt'), run('repro')],
  },
  {
    name: 'an edited command runs, white space too',
    files: CHAIN,
    steps: [run('repro'), sh("sed -i 's/cat in/cat  in/' dvc.yaml"), run('repro')],
  },
  {
    name: 'a dep that is added runs, one that is gone does not',
    files: { ...CHAIN, more: 'x\n' },
    steps: [
      run('repro'),
      write({
        'dvc.yaml': pipeline({ a: { deps: ['in', 'more'], outs: ['a.txt'], cmd: 'cat in > a.txt' } }),
      }),
      run('repro'),
      write({ 'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'], cmd: 'cat in > a.txt' } }) }),
      run('repro'),
    ],
  },
  {
    name: 'touching a dep and its mode change nothing',
    files: CHAIN,
    steps: [run('repro'), sh('touch in; chmod 600 in'), run('repro')],
  },
  {
    name: 'an executable dep is known by its bit in the run cache only',
    files: CHAIN,
    steps: [run('repro'), sh('chmod +x in'), run('repro'), run('repro', '-f')],
  },
  {
    name: 'what is restored by a lock without sizes has them again',
    files: CHAIN,
    steps: [
      run('repro'),
      sh("sed -i '/size:/d' dvc.lock; rm -f b.txt c.txt; echo other > c.txt"),
      run('repro'),
      runJson('status', '--json'),
    ],
  },
  {
    name: 'a directory dep: edited, added, removed files',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['d'], outs: ['a.txt'], cmd: 'ls -R d > a.txt' } }),
      'd/x': 'x',
      'd/sub/y': 'y',
    },
    steps: [
      run('repro'),
      write({ 'd/x': 'xx' }),
      run('repro'),
      write({ 'd/z': 'z' }),
      run('repro'),
      sh('rm -r d/sub'),
      run('repro'),
    ],
  },
  {
    name: 'a directory out: made, changed, removed in part',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['o'], cmd: 'mkdir -p o/p; cp in o/p/x; cp in o/y' },
        b: { deps: ['o/p'], outs: ['b.txt'], cmd: 'cat o/p/x > b.txt' },
      }),
      in: 'one\n',
    },
    steps: [
      run('repro'),
      sh('rm -f o/y'),
      run('repro'),
      sh('echo junk > o/junk'),
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
      write({ in: 'one\n' }),
      run('repro'),
    ],
  },
  {
    name: 'names sorted by code point, escapes and spaces',
    files: {
      'dvc.yaml': pipeline({
        a: {
          outs: ['o'],
          cmd: "mkdir -p 'o/Z' o/a; for f in Z/z a-b a.b a/x é 'a b' '#h' 𝒳 ｚ; do echo 1 > \"o/$f\"; done",
        },
      }),
    },
    steps: [run('repro'), run('repro'), sh('rm -rf o'), run('checkout')],
  },
  {
    name: 'an empty directory out',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['o'], cmd: 'mkdir -p o' } }) },
    steps: [run('repro'), run('repro')],
  },
  paramEdit('another value', 'lr: 0.2\nmodel: {depth: 3, width: 4}\nother: x\n'),
  paramEdit('an untracked key', 'lr: 0.1\nmodel: {depth: 3, width: 5}\nother: y\n'),
  paramEdit('a number of another type that is equal', 'lr: 0.1\nmodel: {depth: 3.0, width: 4}\n'),
  paramEdit('a text that looks like the number', "lr: '0.1'\nmodel: {depth: 3, width: 4}\n"),
  {
    ...paramEdit('a missing key', 'model: {depth: 3, width: 4}\n'),
    onPurpose: { aspects: ['files'], why: 'DVC removes the outs before it finds that it cannot run' },
  },
  {
    name: 'a whole params file',
    files: {
      'dvc.yaml': pipeline({ a: { outs: ['a.txt'], cmd: 'echo 1 > a.txt', more: 'params:\n- p.yaml:\n' } }),
      'p.yaml': 'x: 1\ny: {z: [1, 2]}\n',
    },
    steps: [run('repro'), write({ 'p.yaml': 'x: 1\ny: {z: [1, 2]}\nnew: 1\n' }), run('repro'), run('repro')],
  },
  {
    name: 'params from JSON and TOML files',
    files: {
      'dvc.yaml': pipeline({
        a: {
          outs: ['a.txt'],
          cmd: 'echo 1 > a.txt',
          more: 'params:\n- p.json:\n  - a.b\n- q.toml:\n  - t.u\n',
        },
      }),
      'p.json': '{"a": {"b": 1.5}}',
      'q.toml': '[t]\nu = [1, 2]\n',
    },
    steps: [run('repro'), write({ 'p.json': '{"a": {"b": 2}}' }), run('repro')],
  },
  {
    name: 'a failing stage keeps what was before it',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'] },
        b: { deps: ['a.txt'], outs: ['b.txt'], cmd: 'echo part > b.txt; exit 3' },
        c: { deps: ['b.txt'], outs: ['c.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), run('repro')],
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  },
  {
    name: 'an out that is not made',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['a.txt'], cmd: 'true' } }) },
    steps: [run('repro')],
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  },
  {
    name: 'an out without cache',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], cmd: 'cat in > a.txt', more: 'outs:\n- a.txt:\n    cache: false\n' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), sh('rm a.txt'), run('repro'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'a metric without cache is kept by the run cache',
    files: {
      'dvc.yaml': pipeline({
        a: {
          deps: ['in'],
          outs: ['a.txt'],
          cmd: 'cat in > a.txt; echo "{\\"f1\\": 1}" > m.json',
          more: 'metrics:\n- m.json:\n    cache: false\n',
        },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), write({ in: 'two\n' }), run('repro'), write({ in: 'one\n' }), run('repro')],
  },
  {
    name: 'a persistent out is not removed before its stage runs',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], cmd: 'cat in >> log', more: 'outs:\n- log:\n    persist: true\n' },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'always_changed and stages without inputs and outs run each time',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], more: 'always_changed: true' },
        callback: {},
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), run('repro')],
  },
  {
    name: 'a frozen stage stays',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], more: 'frozen: true' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
      'a.txt': 'made by hand\n',
    },
    steps: [run('repro'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'a stage that is renamed is restored',
    files: CHAIN,
    steps: [run('repro'), sh("sed -i 's/^  a:/  renamed:/' dvc.yaml"), run('repro')],
  },
  {
    name: 'a working directory of its own',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['out.txt'], cmd: 'cat in > out.txt', more: 'wdir: sub' },
      }),
      'sub/in': 'one\n',
    },
    steps: [run('repro'), write({ 'sub/in': 'two\n' }), run('repro')],
  },
];
