/**
 * Remotes in a directory: what one tool pushes has the layout that the other pulls from.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const REMOTE = sh(
  'mkdir -p $TOP/far; printf "[core]\\n    remote = far\\n[\'remote \\"far\\"\']\\n    url = ../../far\\n" > .dvc/config',
);
/** Into the workspace, where it is compared. */
const SHOW = sh('rm -rf far; cp -r $TOP/far far; chmod -R u+w far');
const LOSE = sh('rm -rf .dvc/cache *.txt far');

const TREE = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['o'], cmd: 'mkdir -p o/p; cp in o/p/x; echo y > o/y' },
    b: { deps: ['o'], outs: ['b.txt'], cmd: 'cat o/y o/y > b.txt' },
  }),
  in: 'one\n',
};

export const REMOTES: readonly Scenario[] = [
  {
    name: 'without one, what the cache has is pulled, and nothing is pushed',
    files: CHAIN,
    steps: [
      run('fetch'),
      run('push'),
      run('pull'),
      run('repro'),
      run('fetch'),
      run('push'),
      run('pull'),
      run('pull', '-r', 'none'),
      sh('rm *.txt'),
      run('pull'),
      LOSE,
      run('fetch'),
      run('pull'),
      run('pull', '--allow-missing'),
    ],
  },
  {
    name: 'without one, repro --pull fails only for what nothing but missing data is new of',
    files: CHAIN,
    steps: [
      run('repro', '--pull'),
      run('repro', '--pull'),
      sh('rm -rf .dvc/cache'),
      run('repro', '--pull', '--allow-missing'),
      run('repro', '--pull', 'a'),
      sh('rm a.txt'),
      run('repro', '--pull', 'a'),
      run('repro', '--pull', '--allow-missing'),
      write({ in: 'two\n' }),
      run('repro', '--pull', 'a'),
      sh('rm -rf .dvc/cache a.txt'),
      run('repro', '--pull', '-f', 'a'),
    ],
  },
  {
    name: 'the last one takes its section with it',
    files: CHAIN,
    steps: [
      run('remote', 'add', 'one', '/one'),
      run('remote', 'remove', 'one'),
      run('remote', 'add', 'one', '/one'),
      run('remote', 'add', 'two', '/two'),
      run('remote', 'remove', 'two'),
    ],
  },
  {
    name: 'push and pull a chain',
    files: CHAIN,
    steps: [REMOTE, run('repro'), run('push'), SHOW, LOSE, run('pull'), run('repro')],
  },
  {
    name: 'push and pull a directory',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push'),
      SHOW,
      sh('rm -rf .dvc/cache o b.txt far'),
      run('pull'),
      run('repro'),
    ],
  },
  {
    name: 'a part of a directory is fetched and pulled alone',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push'),
      sh('rm -rf .dvc/cache o b.txt far'),
      run('fetch', 'o/p/x'),
      run('pull', 'o/p'),
    ],
  },
  {
    name: 'what was fetched in part is fetched whole',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push'),
      sh('rm -rf .dvc/cache o b.txt far'),
      run('fetch', 'o/p/x'),
      run('fetch', 'o'),
      run('pull', 'o/y'),
      run('checkout', 'o'),
    ],
    onPurpose: {
      aspects: ['objects', 'exit', 'files'],
      why: 'DVC takes a directory for fetched once its object is there',
    },
  },
  { name: 'push a target only', files: CHAIN, steps: [REMOTE, run('repro'), run('push', 'b'), SHOW] },
  {
    name: 'push twice, and what changed',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push'),
      run('push'),
      write({ in: 'two\n' }),
      run('repro'),
      run('push'),
      SHOW,
    ],
  },
  {
    name: 'fetch fills the cache and leaves the workspace',
    files: CHAIN,
    steps: [REMOTE, run('repro'), run('push'), LOSE, run('fetch'), run('checkout')],
  },
  {
    name: 'push --run-cache, and pull it',
    files: CHAIN,
    steps: [
      REMOTE,
      run('repro'),
      run('push', '--run-cache'),
      SHOW,
      LOSE,
      run('pull', '--run-cache'),
      write({ in: 'two\n' }),
      run('repro'),
      write({ in: 'one\n' }),
      run('repro'),
    ],
  },
  {
    name: 'an out with push: false stays here',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], cmd: 'cat in > a.txt', more: 'outs:\n- a.txt:\n    push: false\n' },
      }),
      in: 'one\n',
    },
    steps: [REMOTE, run('repro'), run('push'), SHOW],
  },
  { name: 'pull of what is nowhere fails', files: CHAIN, steps: [REMOTE, run('repro'), LOSE, run('pull')] },
  { name: 'push without a remote fails', files: CHAIN, steps: [run('repro'), run('push')] },
  {
    name: 'push to a remote that is not there',
    files: CHAIN,
    steps: [run('repro'), run('push', '-r', 'nope')],
  },
  {
    name: 'a target that is unknown',
    files: CHAIN,
    steps: [REMOTE, run('repro'), run('push', 'nope'), run('pull', 'nope')],
  },
  {
    name: 'pull of one out brings only that',
    files: CHAIN,
    steps: [REMOTE, run('repro'), run('push'), LOSE, run('pull', 'b.txt')],
  },
  {
    name: 'push of a stage with what it needs',
    files: CHAIN,
    steps: [REMOTE, run('repro'), run('push', '--with-deps', 'c'), SHOW],
  },
  {
    name: 'repro --pull brings what is missing',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push', '--run-cache'),
      sh('rm -rf .dvc/cache o b.txt'),
      run('repro', '--pull'),
      run('repro'),
    ],
  },
  {
    name: 'repro --pull brings what the run cache of the remote knows',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push', '--run-cache'),
      write({ in: 'two\n' }),
      run('repro'),
      sh('rm -rf .dvc/cache o b.txt'),
      write({ in: 'one\n' }),
      run('repro', '--pull'),
    ],
  },
  {
    name: 'status --cloud: new, deleted, missing',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      runJson('status', '-c', '--json'),
      run('push'),
      runJson('status', '-c', '--json'),
      sh('rm -rf .dvc/cache'),
      runJson('status', '-c', '--json'),
      sh('rm -rf $TOP/far/files'),
      runJson('status', '-c', '--json'),
    ],
  },
  {
    name: 'gc --cloud keeps what the workspace uses',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push'),
      write({ in: 'two\n' }),
      run('repro'),
      run('push'),
      run('gc', '-w', '-c', '-f'),
      SHOW,
      sh('rm -rf .dvc/cache o b.txt far'),
      run('pull'),
    ],
  },
];
