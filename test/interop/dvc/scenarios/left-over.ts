/**
 * Outs of another revision, which a checkout takes away.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const repro = run('repro');
const status = runJson('status', '--json');
const checkout = run('checkout');
const commitAll = sh('git add -A; git commit -qm one');

const FIRST = {
  make: { deps: ['in'], outs: ['d'], cmd: 'mkdir -p d/e; cp in d/a; cp in d/e/b' },
  use: {
    deps: ['d'],
    outs: ['used.txt', 'kept.txt'],
    cmd: 'cat d/a | tee kept.txt > used.txt',
  },
};
const LATER = { use: { deps: ['in'], outs: ['used.txt'], cmd: 'cp in used.txt' } };
const FILES = { 'dvc.yaml': pipeline(FIRST), in: 'one\n' };
/** A branch with all of it, and one without the directory and the data. */
const BRANCHES = [
  write({ raw: 'raw\n' }),
  repro,
  run('add', 'raw'),
  sh('git add -A; git commit -qm first; git checkout -q -b later; rm raw.dvc'),
  write({ 'dvc.yaml': pipeline(LATER) }),
  repro,
  sh('git add -A; git commit -qm later'),
];
const FIRST_BRANCH = sh('git checkout -q -');

export const LEFT_OVER: readonly Scenario[] = [
  {
    name: 'outs of the other branch go, and come back',
    files: FILES,
    steps: [...BRANCHES, checkout, status, FIRST_BRANCH, checkout, status, FIRST_BRANCH, checkout, status],
  },
  {
    name: 'only where all is checked out',
    files: FILES,
    steps: [
      ...BRANCHES,
      run('checkout', 'use'),
      run('checkout', 'used.txt'),
      run('checkout', '-R', '.'),
      run('pull'),
    ],
  },
  {
    name: 'what was edited since stays',
    files: FILES,
    steps: [...BRANCHES, sh('echo x > raw; echo x > d/new'), checkout, status],
  },
  {
    name: 'what was written anew with the same content stays',
    files: FILES,
    steps: [...BRANCHES, sh('cp raw tmp; rm raw; mv tmp raw'), checkout, status],
  },
  {
    name: 'what git keeps now stays',
    files: FILES,
    steps: [...BRANCHES, sh('rm raw; echo raw > raw; git add -f raw; git commit -qm raw'), checkout, status],
  },
  {
    name: 'the out of a removed stage goes',
    files: CHAIN,
    steps: [repro, run('remove', 'c'), checkout, status],
  },
  {
    name: 'an out that has another name now goes',
    files: CHAIN,
    steps: [repro, sh("sed -i 's/b.txt/bb.txt/g' dvc.yaml"), repro, checkout, status],
  },
  {
    name: 'what a checkout or the run cache brought goes as well',
    files: CHAIN,
    steps: [
      repro,
      commitAll,
      sh('rm [a-c].txt'),
      checkout,
      sh('rm c.txt; rm dvc.lock'),
      repro,
      run('remove', 'c'),
      run('remove', 'b'),
      checkout,
    ],
  },
  {
    name: 'moved data is no leftover',
    files: FILES,
    steps: [
      write({ raw: 'raw\n' }),
      run('add', 'raw'),
      run('move', 'raw', 'moved'),
      checkout,
      run('remove', 'moved.dvc'),
      checkout,
    ],
  },
];
