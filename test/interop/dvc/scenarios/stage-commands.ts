/**
 * Stages as they are written down: `stage add`, `stage list`.
 *
 * @module
 */

import { run, type Scenario, sh } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const inDirectory = (cwd: string, ...args: readonly string[]) => ({ run: args, cwd });

const add = (...args: readonly string[]) => run('stage', 'add', '-n', ...args);

export const STAGE_COMMANDS: readonly Scenario[] = [
  {
    name: 'stage add makes the manifest, and goes on in it',
    files: { in: 'one\n' },
    steps: [
      add('a', '-d', 'in', '-o', 'a.txt', 'cat in > a.txt'),
      add('b', '-d', 'a.txt', '-d', './in', '-o', 'b.txt', 'cat a.txt in > b.txt'),
      run('repro'),
      run('status'),
    ],
  },
  {
    name: 'stage add with every kind of out',
    files: { 'params.yaml': 'x: 1\ny: {z: 2}\n', 'p.json': '{"k": 1}\n' },
    steps: [
      add(
        'z',
        '-o',
        'o2',
        '-o',
        'o1',
        '-O',
        'n',
        '--outs-persist',
        'p',
        '--outs-persist-no-cache',
        'pn',
        '-m',
        'm.json',
        '-M',
        'mn.json',
        '--plots',
        'pl.csv',
        '--plots-no-cache',
        'pln.csv',
        '-p',
        'y.z,x',
        '-p',
        'p.json:k',
        '--always-changed',
        '--desc',
        'all of it',
        'echo {} > m.json; touch o1 o2 n p pn mn.json pl.csv pln.csv',
      ),
      run('repro'),
      run('status'),
    ],
  },
  {
    name: 'stage add with whole params files',
    files: { 'params.yaml': 'x: 1\n', 'q.yaml': 'k: 1\n' },
    steps: [add('a', '-p', 'q.yaml:', '-p', 'params.yaml:', '-o', 'o', 'touch o'), run('repro')],
  },
  {
    name: 'stage add of commands in several words',
    files: {},
    steps: [
      add('a', '-O', 'o', 'touch', 'o'),
      add('b', 'echo', 'two words', '"quoted one"', '-n', 'x', ''),
      add('c', 'echo', '-d', 'x'),
      add('d'),
      add('e', ''),
    ],
  },
  {
    name: 'stage add refuses names, and what is there',
    files: { in: 'one\n' },
    steps: [
      add('a@b', 'true'),
      add('a.b', 'true'),
      add('a b', 'true'),
      add('a-b_C1', 'true'),
      add('a-b_C1', 'false'),
      add('a-b_C1', '-f', '-d', 'in', 'false'),
      add('é', 'true'),
    ],
  },
  {
    name: 'stage add refuses what makes no graph',
    files: { in: 'one\n', 'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['d/a.txt'] } }) },
    steps: [
      add('b', '-o', 'd/a.txt', 'true'),
      add('b', '-o', 'd', 'true'),
      add('b', '-d', 'x', '-o', 'x', 'true'),
      add('b', '-o', 'x', '-M', 'x', 'true'),
      add('b', '-d', 'd/a.txt', '-o', 'in', 'true'),
      add('b', '-o', '/tmp/elsewhere-of-dvc-like', 'true'),
      add('b', '-d', 'd/a.txt', '-o', 'x', 'true'),
    ],
  },
  {
    name: 'stage add in a directory, and for one',
    files: { 'sub/in': 'one\n', 'work/in': 'two\n' },
    steps: [
      inDirectory('sub', 'stage', 'add', '-n', 'a', '-d', 'in', '-o', 'a.txt', 'cat in > a.txt'),
      add('b', '-w', 'work', '-d', 'in', '-o', 'b.txt', 'cat in > b.txt'),
      inDirectory(
        'sub',
        'stage',
        'add',
        '-n',
        'c',
        '-w',
        '../work',
        '-d',
        'in',
        '-o',
        'c.txt',
        'cat in > c.txt',
      ),
      add('d', '-w', 'none', 'true'),
      add('d', '-w', '..', 'true'),
      run('repro', '-P'),
    ],
  },
  {
    name: 'stage add keeps comments, order and templates',
    files: {
      'params.yaml': 'x: 1\n',
      'dvc.yaml':
        '# top\nvars:\n- y: 2\nstages:\n  a: # one\n    cmd: echo ${x} ${y}\n\n# behind\nmetrics:\n- m.json\n',
    },
    steps: [
      add('b', '-o', 'b.txt', 'touch b.txt'),
      sh('grep -q "# one" dvc.yaml; grep -q "# behind" dvc.yaml'),
      run('repro'),
    ],
  },
  {
    name: 'stage add replaces a stage',
    files: {
      in: 'one\n',
      'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] }, b: { deps: ['a.txt'], outs: ['b.txt'] } }),
    },
    steps: [run('repro'), add('a', '-f', '-d', 'in', '-o', 'a.txt', 'echo again > a.txt'), run('repro')],
  },
  {
    name: 'stage add and run it at once',
    files: { in: 'one\n' },
    steps: [
      add('a', '--run', '-d', 'in', '-o', 'a.txt', 'echo a >> $RAN; cat in > a.txt'),
      run('status'),
      add('b', '--run', 'false'),
    ],
  },
  {
    name: 'stage list of what is there and what is not',
    files: {
      'dvc.yaml': pipeline({ a: { outs: ['a.txt'] } }),
      'sub/dvc.yaml': pipeline({ b: { outs: ['b'] } }),
      'empty/x': '',
    },
    steps: [
      run('stage', 'list'),
      run('stage', 'list', '--all', '--name-only'),
      run('stage', 'list', '-R', 'sub'),
      run('stage', 'list', 'a', 'sub/dvc.yaml'),
      run('stage', 'list', 'none'),
      inDirectory('empty', 'stage', 'list'),
    ],
  },
];
