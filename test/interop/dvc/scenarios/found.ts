/**
 * What random repositories have brought to light, made small.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

/** `c` reads what stages after it make. */
const backwards = (isFrozen: boolean): string =>
  pipeline({
    c: { deps: ['a.txt'], outs: ['c.txt'], more: isFrozen ? 'frozen: true' : '' },
    a: { deps: ['in'], outs: ['a.txt'] },
    d: { deps: ['c.txt'], outs: ['d.txt'] },
  });

/** A run, then `c` frozen, its dep about to change and its out edited. */
const frozenAndEdited = (...args: readonly string[]): Scenario => ({
  name: `a frozen stage does not wait for what it reads: ${['repro', ...args].join(' ')}`,
  files: { 'dvc.yaml': backwards(false), in: 'one\n' },
  steps: [
    run('repro'),
    write({ 'dvc.yaml': backwards(true), in: 'two\n' }),
    sh('rm -f c.txt; echo edited > c.txt'),
    run('repro', ...args),
    run('repro'),
  ],
});

const TWO_OUTS = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt', 'a2.txt'] },
    b: { deps: ['a.txt'], outs: ['b.txt'] },
  }),
  'sub/dvc.yaml': pipeline({ c: { deps: ['../in'], outs: ['c.txt'] } }),
  in: 'one\n',
  data: 'd\n',
  more: 'm\n',
};

const TREE = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['o'], cmd: 'mkdir -p o; cp in o/x; echo y > o/y' },
    b: { deps: ['o'], outs: ['b.txt'], cmd: 'cat o/x o/x > b.txt' },
  }),
  '.dvc/config': '[core]\n    remote = far\n[\'remote "far"\']\n    url = ../../far\n',
  in: 'one\n',
};
const SHOW = sh('rm -rf far; cp -r $TOP/far far; chmod -R u+w far');
const DROP_MEMBER = sh(
  'md5=$(md5sum < o/x | cut -c1-32); tail=${md5#??}; rm -f ".dvc/cache/files/md5/${md5%$tail}/$tail"',
);

export const FOUND: readonly Scenario[] = [
  ...[[], ['-f'], ['--downstream', 'a'], ['-p', 'd'], ['--force-downstream']].map((args) =>
    frozenAndEdited(...args),
  ),
  {
    name: 'what has never been made is no more than missing to --allow-missing',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], more: 'frozen: true' },
        b: { outs: ['b.txt'] },
        c: { deps: ['a.txt', 'in'], outs: ['c.txt'] },
      }),
      in: 'one\n',
    },
    steps: [
      run('repro', '--allow-missing', 'a'),
      run('repro', '--allow-missing', 'b'),
      run('repro', '--allow-missing', 'c'),
      run('repro', 'b'),
      sh('rm b.txt'),
      run('repro', '--allow-missing', 'b'),
    ],
  },
  {
    name: 'repro -f looks for deps and params when the command has run',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in', 'gone'], outs: ['a.txt'], cmd: 'echo 1 > a.txt' },
        b: { deps: ['gone'], outs: ['b.txt'], cmd: 'echo 2 > b.txt', more: 'always_changed: true' },
        c: { deps: ['made'], outs: ['c.txt'], cmd: 'echo 3 > c.txt; echo 4 > made' },
        d: { outs: ['d.txt'], more: 'params:\n- nope' },
      }),
      'params.yaml': 'a: 1\n',
      in: 'one\n',
    },
    steps: [
      run('repro', '-k'),
      run('repro', '-f', 'a'),
      run('repro', 'b'),
      run('repro', '-f', 'b'),
      run('repro', '-f', 'c'),
      run('repro', '-s', '-f', 'd'),
    ],
    onPurpose: {
      aspects: ['gitignore'],
      why: 'DVC takes back the lines of stages that succeeded',
      onceFailed: true,
    },
  },
  {
    name: 'status of one out, which comes alone',
    files: TWO_OUTS,
    steps: [
      run('repro'),
      sh('echo edited > a.txt; echo two > in'),
      runJson('status', '--json', 'a2.txt'),
      runJson('status', '--json', '--with-deps', 'b.txt'),
      runJson('status', '--json', '--with-deps', 'b'),
    ],
  },
  {
    name: 'commit of one out keeps that one, and records all of its stage',
    files: TWO_OUTS,
    steps: [run('repro'), sh('echo 1 > a.txt; echo 2 > a2.txt'), run('commit', '-f', 'a.txt')],
  },
  {
    name: 'commit of a part of a directory keeps that part, and records all of it',
    files: {
      'dvc.yaml': pipeline({
        o: { deps: ['in'], outs: ['o'], cmd: 'mkdir -p o/s; cat in > o/x; cat in > o/y; cat in > o/s/z' },
      }),
      in: 'one\n',
      'data/a': 'a\n',
      'data/b/c': 'c\n',
    },
    steps: [
      run('repro'),
      run('add', 'data'),
      sh('echo 1 > o/x; echo 2 > o/y; echo 3 > o/s/z'),
      run('commit', '-f', 'o/x'),
      run('commit', '-f', 'o/s'),
      sh('echo more > data/a; echo more > data/b/c; echo 4 > data/b/d'),
      run('commit', '-f', 'data/b'),
      run('commit', '-f', 'o/none'),
      run('config', 'cache.type', 'symlink'),
      run('commit', '-f', 'o/y'),
    ],
  },
  {
    name: 'commit goes from file to file, up to one that fails',
    files: TWO_OUTS,
    steps: [
      run('add', 'data', 'more'),
      run('repro', '-P'),
      sh('echo 1 > a.txt; echo 3 > data; echo 4 > more; echo 5 > sub/c.txt; rm b.txt'),
      run('commit', '-f'),
    ],
  },
  {
    name: 'commit without a change saves no run and no line of .gitignore',
    files: TWO_OUTS,
    steps: [run('repro', '-P'), sh('rm -rf .dvc/cache/runs .gitignore'), run('commit'), run('commit', '-f')],
  },
  {
    name: 'push of what the cache lacks in part',
    files: TREE,
    steps: [run('repro'), DROP_MEMBER, run('push'), SHOW, sh('rm -rf .dvc/cache/files far'), run('fetch')],
  },
  {
    name: 'push of directories that the cache does not know',
    files: TREE,
    steps: [run('repro'), sh('find .dvc/cache -name "*.dir" -delete'), run('push'), SHOW],
  },
  {
    name: 'push of what only the remote has',
    files: TREE,
    steps: [run('repro'), run('push'), sh('rm -rf .dvc/cache/files'), run('push'), SHOW, run('fetch')],
  },
  {
    name: 'push and fetch of what is nowhere',
    files: TREE,
    steps: [run('repro'), sh('rm -rf .dvc/cache/files'), run('push'), run('fetch')],
  },
];
