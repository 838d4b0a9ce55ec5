/**
 * Targets and flags of `repro`.
 *
 * @module
 */

import { run, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const FORK = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'] },
    b: { deps: ['a.txt'], outs: ['b.txt'] },
    c: { deps: ['a.txt'], outs: ['c.txt'] },
    alone: { deps: ['other'], outs: ['alone.txt'] },
  }),
  in: 'one\n',
  other: 'x\n',
};

const flags = (name: string, ...args: readonly string[]): Scenario => ({
  name: `repro ${name}`,
  files: FORK,
  steps: [
    run('repro', ...args),
    run('repro'),
    write({ in: 'two\n', other: 'y\n' }),
    run('repro', ...args),
    run('repro', ...args),
  ],
});

export const FLAGS: readonly Scenario[] = [
  flags('a target', 'b'),
  flags('-f with a target', '-f', 'b'),
  flags('-s with targets in the given order', '-s', 'c', 'a'),
  flags('-p', '-p', 'c'),
  flags('-P', '-P'),
  flags('--downstream', '--downstream', 'a'),
  flags('--force-downstream', '--force-downstream', 'b'),
  flags('--glob', '--glob', '[bc]'),
  flags('--no-run-cache', '--no-run-cache'),
  flags('--no-commit', '--no-commit'),
  {
    ...flags('--dry', '--dry', 'b'),
    onPurpose: { aspects: ['exit'], why: 'DVC fails where an out of an earlier stage is not there yet' },
  },
  flags('an unknown target', 'nope'),
  {
    name: 'repro -k goes on beside a failure',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], cmd: 'exit 3' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
        z: { deps: ['in'], outs: ['z.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro', '-k')],
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  },
  {
    name: 'repro --ignore-errors runs what depends on the failed, too',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], cmd: 'cat in > a.txt; exit 3' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro', '--ignore-errors')],
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
  },
  {
    name: 'repro without a terminal is not confirmed by -i',
    files: CHAIN,
    steps: [run('repro', '-i')],
  },
  {
    name: 'repro --allow-missing leaves what is only missing',
    files: CHAIN,
    steps: [
      run('repro'),
      sh('rm -rf .dvc/cache a.txt b.txt c.txt'),
      run('repro', '--allow-missing'),
      run('repro'),
    ],
  },
  {
    name: 'repro of a group and of one of it',
    files: {
      'dvc.yaml':
        'stages:\n  g:\n    foreach: [x, y]\n    do:\n      cmd: echo ${item} >> $RAN; echo ${item} > ${item}.txt\n      outs: ["${item}.txt"]\n' +
        '  m:\n    matrix: {a: [1, 2], b: [u]}\n    cmd: echo ${item.a} ${item.b} >> $RAN; echo 1 > m-${key}.txt\n    outs: ["m-${key}.txt"]\n',
    },
    steps: [run('repro', 'g@y'), run('repro', 'g'), run('repro', 'm@2-u'), run('repro')],
  },
  {
    name: 'freeze and unfreeze edit dvc.yaml',
    files: CHAIN,
    steps: [
      run('repro'),
      run('freeze', 'b'),
      write({ in: 'two\n' }),
      run('repro'),
      run('unfreeze', 'b'),
      run('repro'),
    ],
  },
  {
    name: 'commit records what was made by hand',
    files: CHAIN,
    steps: [run('repro'), sh('rm -f b.txt; echo hand > b.txt'), run('commit', '-f'), run('repro')],
  },
  {
    name: 'checkout puts outs back',
    files: CHAIN,
    steps: [run('repro'), sh('rm -f a.txt c.txt'), run('checkout'), run('repro')],
  },
  {
    name: 'gc -w keeps what the workspace uses',
    files: CHAIN,
    steps: [run('repro'), write({ in: 'two\n' }), run('repro'), run('gc', '-w', '-f'), run('repro')],
  },
  {
    name: '--wait-for-lock before any command, and the shell of a completion as a flag',
    files: CHAIN,
    steps: [
      run('--wait-for-lock', 'repro', 'b'),
      run('--wait-for-lock', '--cd', '..', 'repro'),
      run('--wait-for-lock', 'status'),
      run('completion'),
      run('completion', '-s', 'zsh'),
      run('completion', '--shell', 'csh'),
    ],
  },
];
