/**
 * Kinds of stages, deps and outs: what is kept, what is restored, what runs again.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const status = runJson('status', '--json');

/** One stage `a` from `in`, with these lines. */
const one = (more: string, cmd = 'cat in > a.txt') => ({
  'dvc.yaml': pipeline({ a: { deps: ['in'], cmd, more } }),
  in: 'one\n',
});

const TREE = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['o'], cmd: 'mkdir -p o/p; cp in o/p/x; echo y > o/y; echo z > "o/é 1"' },
    b: { deps: ['o/p'], outs: ['b.txt'], cmd: 'cat o/p/x > b.txt' },
    c: { deps: ['o/y'], outs: ['c.txt'], cmd: 'cat o/y > c.txt' },
  }),
  in: 'one\n',
};

export const STAGES: readonly Scenario[] = [
  {
    name: 'a callback stage runs each time',
    files: { 'dvc.yaml': pipeline({ a: { cmd: 'true' } }) },
    steps: [run('repro'), run('repro'), status],
  },
  {
    name: 'a stage that is always changed runs each time, what follows only if it comes out otherwise',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], more: 'always_changed: true' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), run('repro'), status],
  },
  {
    name: 'a stage of outs alone runs once',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['a.txt'], cmd: 'echo 1 > a.txt' } }) },
    steps: [run('repro'), run('repro'), sh('rm a.txt'), run('repro'), sh('rm -rf .dvc/cache'), run('repro')],
  },
  {
    name: 'a stage of deps alone runs when they change',
    files: { 'dvc.yaml': pipeline({ a: { deps: ['in'], cmd: 'true' } }), in: 'one\n' },
    steps: [
      run('repro'),
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
      write({ in: 'one\n' }),
      run('repro'),
    ],
  },
  {
    name: 'persist keeps the out for the next run',
    files: one('outs:\n- a.txt: {persist: true}', 'cat in >> a.txt'),
    steps: [run('repro'), write({ in: 'two\n' }), run('repro'), write({ in: 'one\n' }), run('repro')],
  },
  {
    name: 'an out that is not cached',
    files: one('outs:\n- a.txt: {cache: false}'),
    steps: [
      run('repro'),
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
      write({ in: 'one\n' }),
      run('repro'),
    ],
  },
  {
    name: 'an uncached out that is edited',
    files: one('outs:\n- a.txt: {cache: false}'),
    steps: [run('repro'), sh('echo x > a.txt'), status, run('repro'), sh('rm a.txt'), status, run('repro')],
  },
  {
    name: 'metrics and plots that are not cached come back by the run cache',
    files: one(
      'metrics:\n- m.json: {cache: false}\nplots:\n- p.csv: {cache: false, x: i, y: v}\n',
      'echo "{\\"v\\": $(wc -c < in)}" > m.json; printf "i,v\\n1,2\\n" > p.csv',
    ),
    steps: [
      run('repro'),
      write({ in: 'other\n' }),
      run('repro'),
      write({ in: 'one\n' }),
      run('repro'),
      sh('rm m.json'),
      run('repro'),
    ],
  },
  {
    name: 'metrics and plots that are cached',
    files: one('metrics: [m.json]\nplots: [p.csv]\n', 'echo "{}" > m.json; printf "i,v\\n1,2\\n" > p.csv'),
    steps: [run('repro'), sh('rm -f m.json p.csv'), run('repro')],
  },
  {
    name: 'an out that becomes a metric does not run again',
    files: one('outs: [a.txt]'),
    steps: [run('repro'), sh('sed -i "s/outs:/metrics:/" dvc.yaml'), run('repro'), status],
  },
  {
    name: 'a dep that is no longer named changes nothing',
    files: {
      ...CHAIN,
      'dvc.yaml': pipeline({ a: { deps: ['in', 'x'], outs: ['a.txt'], cmd: 'cat in > a.txt' } }),
      x: 'x\n',
    },
    steps: [
      run('repro'),
      sh('sed -i "/- x$/d" dvc.yaml; echo y > x'),
      status,
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
    ],
  },
  {
    name: 'a dep that is new is a change',
    files: { ...CHAIN, x: 'x\n' },
    steps: [run('repro'), sh('sed -i "0,/- in/s//- in\\n    - x/" dvc.yaml'), status, run('repro')],
  },
  {
    name: 'an out that is no longer named is left alone',
    files: one('outs: [a.txt, b.txt]', 'cat in > a.txt; cat in > b.txt'),
    steps: [
      run('repro'),
      sh('sed -i "s/, b.txt//" dvc.yaml'),
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
    ],
  },
  {
    name: 'an out that is new is a change',
    files: one('outs: [a.txt]', 'cat in > a.txt; cat in > b.txt'),
    steps: [run('repro'), sh('sed -i "s/a.txt\\]/a.txt, b.txt]/" dvc.yaml'), status, run('repro')],
  },
  {
    name: 'the order of deps and outs does not matter',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['x', 'y'], outs: ['a', 'b'], cmd: 'cat x y > a; cat y > b' } }),
      x: 'x\n',
      y: 'y\n',
    },
    steps: [
      run('repro'),
      write({
        'dvc.yaml': pipeline({ a: { deps: ['y', 'x'], outs: ['b', 'a'], cmd: 'cat x y > a; cat y > b' } }),
      }),
      run('repro'),
    ],
  },
  {
    name: 'deps in and around outs',
    files: TREE,
    steps: [
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
      sh('rm -rf o'),
      run('repro', 'c'),
      run('repro'),
    ],
  },
  {
    name: 'a directory out that is edited in one file',
    files: TREE,
    steps: [
      run('repro'),
      sh('rm -f o/y; echo other > o/y'),
      status,
      run('repro'),
      sh('echo more > o/more'),
      run('repro'),
      sh('rm o/p/x'),
      run('checkout'),
    ],
  },
  {
    name: 'a dep that contains outs of others',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['d/a.txt'], cmd: 'cat in > d/a.txt' },
        b: { deps: ['in'], outs: ['d/b.txt'], cmd: 'cat in in > d/b.txt' },
        all: { deps: ['d'], outs: ['all'], cmd: 'cat d/* > all' },
      }),
      in: 'one\n',
      'd/kept': 'k\n',
    },
    steps: [run('repro'), write({ in: 'two\n' }), run('repro'), write({ 'd/new': 'n\n' }), run('repro')],
  },
  {
    name: 'a stage that is renamed is restored by the run cache',
    files: CHAIN,
    steps: [
      run('repro'),
      sh('sed -i "s/^  b:/  bee:/; s/echo b >/echo b  >/" dvc.yaml; sed -i "s/echo b  >/echo b >/" dvc.yaml'),
      run('repro'),
    ],
  },
  {
    name: 'a stage that moves to another directory is restored by the run cache',
    files: {
      'one/dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] } }),
      'one/in': 'x\n',
      'two/in': 'x\n',
    },
    steps: [run('repro', '-P'), sh('cp one/dvc.yaml two/dvc.yaml'), run('repro', '-P')],
  },
  {
    name: 'the same command and inputs in two stages of other outs',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] }, b: { deps: ['in'], outs: ['b.txt'] } }),
      in: 'x\n',
    },
    steps: [run('repro'), sh('rm -f a.txt b.txt dvc.lock'), run('repro')],
  },
  {
    name: 'without the lock the run cache brings all back',
    files: CHAIN,
    steps: [
      run('repro'),
      sh('rm -f dvc.lock *.txt'),
      run('repro'),
      sh('rm -f dvc.lock'),
      run('repro', '--no-run-cache'),
    ],
  },
  {
    name: 'a command of several lines and a list',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    cmd: |\n      echo 1 >> $RAN\n      echo one > a.txt\n    outs: [a.txt]\n  b:\n    cmd:\n    - echo 2 >> $RAN\n    - cat a.txt > b.txt\n    deps: [a.txt]\n    outs: [b.txt]\n',
    },
    steps: [run('repro'), run('repro'), sh('sed -i "s/- echo 2/- echo 3/" dvc.yaml'), run('repro')],
  },
  {
    name: 'a list of commands stops at the first that fails',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    cmd:\n    - echo 1 >> $RAN\n    - exit 4\n    - echo 3 >> $RAN\n    outs: [a.txt]\n',
    },
    steps: [run('repro')],
  },
];
