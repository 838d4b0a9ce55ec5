/**
 * What a checkout would lose: edited outs that no cache has, directories whose objects are gone.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const repro = run('repro');
const status = runJson('status', '--json');
const checkout = run('checkout');
const forced = run('checkout', '-f');

const TREE = {
  'dvc.yaml': pipeline({ make: { deps: ['in'], outs: ['d'], cmd: 'mkdir -p d/e; cp in d/a; cp in d/e/b' } }),
  in: 'one\n',
};
const DATA = { 'raw.csv': '1\n', 'data/a': 'a\n', 'data/b/c': 'c\n' };
const EMPTY_CACHE = sh('rm -rf .dvc/cache/files .dvc/tmp');
const LOSE_TREE = sh('find .dvc/cache/files -name "*.dir" -delete; rm -rf .dvc/tmp');

export const UNSAVED: readonly Scenario[] = [
  {
    name: 'an edited out is not overwritten unless forced',
    files: CHAIN,
    steps: [repro, sh('echo x > b.txt; rm c.txt'), checkout, status, run('checkout', 'c'), forced, status],
  },
  {
    name: 'a target beside the edited out is brought back',
    files: CHAIN,
    steps: [repro, sh('echo x > b.txt; rm c.txt'), run('checkout', 'c.txt'), run('checkout', 'b'), status],
  },
  {
    name: 'an edited out that the cache has is overwritten',
    files: CHAIN,
    steps: [repro, sh('cp in b.txt; echo two > in; echo one > c.txt'), checkout, status],
  },
  {
    name: 'a file that is new in a directory, and one that is edited',
    files: TREE,
    steps: [
      repro,
      sh('echo x > d/new'),
      checkout,
      forced,
      sh('echo y > d/a'),
      checkout,
      status,
      forced,
      status,
    ],
  },
  {
    name: 'a file that is gone from a directory comes back',
    files: TREE,
    steps: [repro, sh('rm d/a'), checkout, status, sh('cp in d/more'), checkout, status],
  },
  {
    name: 'a directory where a file belongs, and the other way round',
    files: TREE,
    steps: [
      repro,
      sh('rm -r d; echo x > d'),
      checkout,
      forced,
      sh('rm -r d/e; echo y > d/e'),
      checkout,
      forced,
      status,
    ],
  },
  {
    name: 'a file stays where its object is gone',
    files: CHAIN,
    steps: [repro, EMPTY_CACHE, checkout, run('checkout', '--allow-missing'), status],
  },
  {
    name: 'a directory stays where the cache has nothing of it',
    files: TREE,
    steps: [repro, EMPTY_CACHE, checkout, run('checkout', '--allow-missing'), status],
  },
  {
    name: 'a directory stays where its directory object is gone',
    files: TREE,
    steps: [repro, LOSE_TREE, checkout, status],
    onPurpose: { aspects: ['files'], why: 'DVC removes a directory that is as it should be' },
  },
  {
    name: 'tracked data that was edited is not overwritten unless forced',
    files: DATA,
    steps: [
      run('add', 'raw.csv', 'data'),
      sh('echo 2 > raw.csv; echo d > data/d'),
      checkout,
      run('checkout', 'raw.csv.dvc'),
      run('status'),
      run('checkout', '-f', 'data'),
      run('status'),
      run('commit', '-f'),
      checkout,
    ],
  },
  {
    name: 'a pull loses nothing unless forced',
    files: DATA,
    steps: [
      write({ '.dvc/config': '[core]\n    remote = here\n[\'remote "here"\']\n    url = ../remote\n' }),
      run('add', 'raw.csv', 'data'),
      run('push'),
      sh('echo 2 > raw.csv; rm -rf data .dvc/cache'),
      run('pull'),
      run('pull', '--allow-missing'),
      run('pull', '-f'),
      run('status'),
    ],
  },
  {
    name: 'nothing is linked anew that would be lost',
    files: CHAIN,
    steps: [repro, run('config', 'cache.type', 'hardlink'), EMPTY_CACHE, run('checkout', '--relink'), status],
  },
  {
    name: 'outs that were never made cannot be brought back',
    files: CHAIN,
    steps: [
      checkout,
      run('checkout', '--allow-missing'),
      run('repro', 'a'),
      checkout,
      run('checkout', 'a'),
      run('checkout', 'c'),
      sh('echo x > b.txt'),
      checkout,
      run('checkout', '--allow-missing'),
    ],
  },
  {
    name: 'an out that cannot be brought back goes where it is saved',
    files: CHAIN,
    steps: [
      run('repro', 'a'),
      sh('cp a.txt b.txt'),
      run('checkout', 'b'),
      repro,
      sh('cp in b.txt'),
      EMPTY_CACHE,
      run('checkout', 'b'),
      run('checkout', 'b', '-f', '--allow-missing'),
      run('checkout', 'a', '-f'),
      status,
    ],
  },
  {
    name: 'a file of a directory comes back alone',
    files: TREE,
    steps: [
      repro,
      sh('rm d/a d/e/b'),
      run('checkout', 'd/a'),
      run('checkout', 'd/e'),
      sh('echo x > d/e/b; rm d/a'),
      run('checkout', 'd/a'),
      run('checkout', 'd/e/b'),
      run('checkout', 'd/none'),
      run('checkout', '-f', 'd/e/b'),
      status,
    ],
  },
];
