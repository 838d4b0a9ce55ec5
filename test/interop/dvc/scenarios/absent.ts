/**
 * What is not there: stages, data, deps, params, outs that are frozen; and what stands where it should not.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const repro = run('repro');
const status = runJson('status', '--json');

const FROZEN = pipeline({
  a: { deps: ['in'], outs: ['a.txt'], more: 'frozen: true' },
  b: { deps: ['a.txt'], outs: ['b.txt'] },
});
const THAWED = { 'dvc.yaml': FROZEN.replace('    frozen: true\n', ''), in: 'one\n' };
const freeze = write({ 'dvc.yaml': FROZEN });

const PARAMS = {
  'dvc.yaml': pipeline({ a: { outs: ['o'], more: 'params: [x, d.y]' } }),
  'params.yaml': 'x: 1\nd: {y: 2}\n',
};

const empty = (name: string, text: string, ...more: Scenario['steps']): Scenario => ({
  name,
  files: { 'dvc.yaml': text, 'params.yaml': 'a: 1\n' },
  steps: [repro, status, run('status'), run('repro', '-P'), run('stage', 'list'), run('push'), ...more],
});

export const ABSENT: readonly Scenario[] = [
  empty('an empty manifest', ''),
  empty('no stages', 'stages: {}\n'),
  empty('nothing but vars and params', 'vars: [{b: 1}]\nparams: [params.yaml]\n'),
  empty(
    'foreach over nothing is still a target',
    'stages:\n  g:\n    foreach: []\n    do:\n      cmd: echo ${item}\n',
    run('repro', 'g'),
    run('repro', 'h'),
  ),
  empty(
    'a matrix of nothing is still a target',
    'stages:\n  g:\n    matrix: {a: []}\n    cmd: echo ${item.a}\n',
    run('repro', 'g'),
    run('status', 'g'),
  ),
  {
    name: 'no commits to compare with',
    files: { ...PARAMS },
    steps: [runJson('params', 'diff', '--json'), runJson('metrics', 'diff', '--json')],
  },
  {
    name: 'a frozen out that is missing',
    files: THAWED,
    steps: [repro, freeze, sh('rm a.txt'), repro, status],
  },
  {
    name: 'a frozen stage that is forced is recorded',
    files: THAWED,
    steps: [repro, freeze, write({ in: 'two\n' }), repro, status, run('repro', '-f'), status],
  },
  {
    name: 'a frozen stage whose dep is missing',
    files: THAWED,
    steps: [repro, freeze, sh('rm in'), status, repro, sh('echo 1 > a.txt'), repro],
  },
  {
    name: 'a frozen stage that has never run',
    files: { ...THAWED, 'dvc.yaml': FROZEN },
    steps: [status, repro, sh('echo 1 > a.txt'), repro, status],
  },
  {
    name: 'a frozen stage whose command changes',
    files: THAWED,
    steps: [repro, write({ 'dvc.yaml': FROZEN.replace('cat in', 'cat  in') }), status, repro, status],
  },
  {
    name: 'data of a .dvc file that is missing',
    files: { x: '1\n', 'dvc.yaml': pipeline({ a: { deps: ['x'], outs: ['a.txt'] } }) },
    steps: [
      run('add', 'x'),
      repro,
      sh('rm x'),
      status,
      repro,
      run('repro', 'x.dvc'),
      run('repro', '--allow-missing'),
      sh('rm -rf .dvc/cache'),
      repro,
    ],
  },
  {
    name: 'a dep that goes takes the outs with it',
    files: CHAIN,
    steps: [repro, sh('rm in'), status, repro, status],
  },
  {
    name: 'params that go, and their file',
    files: PARAMS,
    steps: [repro, write({ 'params.yaml': 'x: 1\n' }), repro, sh('rm params.yaml'), status, repro],
  },
  {
    name: 'a stage of outs alone has nothing to be restored by',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['o'] } }) },
    steps: [repro, sh('rm o'), repro, sh('rm -rf .dvc/cache o'), repro, sh('echo x > o'), repro],
  },
  {
    name: 'an out elsewhere that is not cached',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], cmd: 'echo 1 > ../above', more: 'outs:\n- ../above: {cache: false}' },
      }),
      in: '1\n',
    },
    steps: [status, repro, sh('echo 3 > ../above; echo 2 > in'), repro, sh('rm ../above'), repro],
  },
  {
    name: 'stages of one out, of which one is run alone',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['o'] }, b: { outs: ['o'] } }) },
    steps: [status, repro, run('repro', '-s', 'a'), run('status', 'a'), run('stage', 'list')],
  },
  {
    name: 'a stage that reads what it makes is looked at alone',
    files: { 'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['in'] } }), in: '1\n' },
    steps: [status, repro],
  },
  {
    name: 'the same dep twice is recorded twice',
    files: { 'dvc.yaml': pipeline({ a: { deps: ['in', 'in'], outs: ['o'] } }), in: '1\n' },
    steps: [repro, status],
  },
  {
    name: 'paths are recorded as they are written',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['d/', './in'], outs: ['./o'], cmd: 'cat d/x in > o' } }),
      in: '1\n',
      'd/x': '1\n',
    },
    steps: [repro, status, sh('rm o'), run('checkout'), repro, run('commit', '-f'), status],
  },
  {
    name: 'files of the pipeline are not data',
    files: { ...CHAIN, x: '1\n' },
    steps: [
      run('add', 'x'),
      run('add', 'dvc.yaml'),
      run('add', 'x.dvc'),
      run('add', 'nope'),
      run('add', '.dvc'),
    ],
  },
  {
    name: 'locks that are none',
    files: CHAIN,
    steps: [
      sh(': > dvc.lock'),
      repro,
      sh('echo "schema: \'3.0\'" > dvc.lock'),
      repro,
      sh("echo '{' > dvc.lock"),
      repro,
      sh('echo "schema: \'2.0\'" > dvc.lock'),
      repro,
    ],
  },
];
