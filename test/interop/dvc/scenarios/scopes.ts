/**
 * What other commits and other projects name: `status --cloud` of them, `gc` that keeps it.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

/** Of this user: commits name no remote. */
const REMOTE = sh(
  'mkdir -p $TOP/far $HOME/.config/dvc; ' +
    'printf "[core]\\n    remote = far\\n[\'remote \\"far\\"\']\\n    url = $TOP/far\\n" > $HOME/.config/dvc/config',
);
const SHOW = sh('rm -rf far; cp -r $TOP/far far; chmod -R u+w far');

/** Shares the cache; its data is that of `in` as it is there. */
const OTHER = sh(
  'mkdir $TOP/other; cp -r .dvc $TOP/other/.dvc; rm -rf $TOP/other/.dvc/cache $TOP/other/.dvc/tmp; ' +
    'git init -q $TOP/other; cp dvc.yaml in $TOP/other; ' +
    'printf "[cache]\\n    dir = %s/.dvc/cache\\n" "$PWD" >> $TOP/other/.dvc/config',
);

/** No two outs are the same: of those DVC names one. */
const FORK = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'] },
    b: { deps: ['a.txt'], outs: ['b.txt'], cmd: 'cat a.txt a.txt > b.txt' },
  }),
  in: 'one\n',
};

const TREE = {
  'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['o'], cmd: 'mkdir -p o; cp in o/x; echo y > o/y' } }),
  in: 'one\n',
};

export const SCOPES: readonly Scenario[] = [
  {
    name: 'status --cloud of branches, tags and commits',
    files: FORK,
    steps: [
      REMOTE,
      run('repro'),
      sh('git add -A; git commit -qm one; git branch old; git tag first'),
      sh('sed -i s/a[.]txt/z.txt/g dvc.yaml'),
      write({ in: 'two\n' }),
      run('repro'),
      sh('git add -A; git commit -qm two'),
      runJson('status', '-c', '--json'),
      run('push'),
      ...['-a', '-T', '-A'].map((scope) => runJson('status', '-c', scope, '--json')),
      runJson('status', '-r', 'far', '--all-branches', '--json'),
      run('status', '-c', '-q', '-T'),
      run('push', '-T'),
      run('status', '-c', '-q', '-T'),
      runJson('status', '-c', '-A', '-j', '2', '--json'),
    ],
  },
  {
    name: 'status of the workspace alone has no commits and no jobs',
    files: CHAIN,
    steps: [
      run('repro'),
      run('status', '-a'),
      run('status', '--all-tags'),
      run('status', '-A'),
      run('status', '-j', '2'),
      run('status', '-q'),
    ],
  },
  {
    name: 'gc -p keeps what projects name that share the cache',
    files: TREE,
    steps: [
      run('repro'),
      OTHER,
      { run: ['repro'], cwd: '../other' },
      write({ in: 'two\n' }),
      run('repro'),
      write({ in: 'three\n' }),
      run('repro'),
      run('gc', '-w', '-f', '-p', '../nowhere'),
      run('gc', '-w', '-p', '../other', '--dry'),
      run('gc', '-w', '-f', '-p', '../other'),
      run('gc', '-w', '-f', '--projects'),
    ],
  },
  {
    name: 'gc -c -p keeps it in the remote too',
    files: TREE,
    steps: [
      REMOTE,
      run('repro'),
      run('push'),
      OTHER,
      { run: ['repro'], cwd: '../other' },
      write({ in: 'two\n' }),
      run('repro'),
      run('push'),
      write({ in: 'three\n' }),
      run('repro'),
      run('push'),
      run('gc', '-w', '-c', '-f', '-j', '2', '-p', '../other'),
      SHOW,
    ],
  },
  {
    name: 'add --to-remote, from here and from elsewhere',
    files: { raw: 'one\n', 'data/x': 'x\n', 'data/deep/y': 'y\n', 'sub/z': 'z\n' },
    steps: [
      run('add', '--to-remote', 'raw'),
      REMOTE,
      sh('mkdir -p $TOP/other/d; echo e > $TOP/other/e; echo f > $TOP/other/d/f; chmod +x $TOP/other/e'),
      run('add', '--to-remote', 'raw'),
      run('add', '--to-remote', 'data', '--remote-jobs', '2'),
      run('add', '--to-remote', '../other/e'),
      { run: ['add', '--to-remote', '../../other/d'], cwd: 'sub' },
      run('add', '--to-remote', '-o', 'sub', '../other/e'),
      run('add', '--to-remote', '-o', 'raw', '../other/e'),
      run('add', '--to-remote', '-f', '-o', 'raw', '../other/e'),
      run('add', '--to-remote', '-o', 'q', '-r', 'far', '../other/d'),
      run('add', '--to-remote', '-r', 'nowhere', 'sub/z'),
      run('add', '--to-remote', 'nothing'),
      run('add', '--to-remote', 'raw', 'data'),
      run('add', '--to-remote', '--glob', 'raw'),
      run('add', '--to-remote', '--no-commit', 'raw'),
      run('add', '-r', 'far', 'raw'),
      run('add', '--remote-jobs', '2', 'raw'),
      sh('cp -r $TOP/far far; chmod -R u+w far; find far -name "*.tmp" -delete; rm -rf raw data'),
      run('pull'),
    ],
  },
  {
    name: 'gc --all-experiments where there are none',
    files: CHAIN,
    steps: [
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
      run('gc', '--all-experiments', '--dry'),
      run('gc', '--all-experiments', '-f', '-j', '3'),
      run('gc', '-f', '-j', '3'),
    ],
  },
];
