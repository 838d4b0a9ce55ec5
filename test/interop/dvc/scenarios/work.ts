/**
 * A day's work with tracked data and stages: commands one after another, from several directories.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { CHAIN, pipeline } from './pipeline.ts';

const COMMIT = sh('git add -A; git -c user.name=n -c user.email=e@x commit -qm c');
const REMOTE = write({
  '.dvc/config': '[core]\n    remote = here\n[\'remote "here"\']\n    url = ../remote\n',
});
const repro = run('repro');
const status = runJson('status', '--json');
const granular = runJson('data', 'status', '--json', '--granular');

const FORK = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'] },
    left: { deps: ['a.txt'], outs: ['l.txt'] },
    right: { deps: ['a.txt', 'other'], outs: ['r.txt'] },
    join: { deps: ['l.txt', 'r.txt'], outs: ['j.txt'] },
    apart: { deps: ['other'], outs: ['x.txt'] },
  }),
  in: 'one\n',
  other: 'o\n',
};

const DATA = {
  'data/a': 'a\n',
  'data/b/c': 'c\n',
  'data/b/d.bin': '\u0000\u0001',
  raw: 'r\n',
  'sub/f': 'f\n',
};

const flagged = (...flags: readonly string[]): Scenario => ({
  name: `repro ${flags.join(' ')} in a fork after an edit`,
  files: FORK,
  steps: [
    repro,
    write({ other: 'p\n' }),
    sh('echo edited > l.txt'),
    run('repro', ...flags),
    status,
    write({ in: 'two\n' }),
    run('repro', ...flags),
    status,
  ],
});

export const WORK: readonly Scenario[] = [
  flagged('-s', 'join'),
  flagged('-s', 'join', 'left'),
  flagged('-f', '-s', 'left'),
  flagged('-f', 'left'),
  flagged('-p', 'left'),
  flagged('--downstream', 'right'),
  flagged('--downstream', '-f', 'left'),
  flagged('--force-downstream', 'join'),
  flagged('--no-run-cache', '-P'),
  flagged('-k', 'join', 'apart'),
  flagged('--glob', '*t'),
  flagged('--allow-missing', '-k'),
  {
    name: 'add, edit, commit, diff and data status of a directory and files',
    files: DATA,
    steps: [
      run('add', 'data', 'raw', 'sub/f'),
      granular,
      COMMIT,
      sh('echo more >> data/a; rm data/b/c; echo n > data/new; chmod +x raw'),
      granular,
      runJson('diff', '--json'),
      status,
      run('commit', '-f', 'data.dvc'),
      granular,
      runJson('diff', '--json', 'HEAD'),
      COMMIT,
      runJson('diff', '--json', 'HEAD~1', 'HEAD'),
      sh('git checkout -q HEAD~1 -- data.dvc'),
      run('checkout', 'data.dvc'),
      granular,
      run('checkout', 'data/b/c'),
      run('add', 'data/b/c'),
    ],
  },
  {
    name: 'move and remove from a directory below, unprotect, and gc what is left',
    files: DATA,
    steps: [
      run('config', 'cache.type', 'hardlink'),
      run('add', 'data', 'raw', 'sub/f'),
      { ...run('move', 'f', '../g'), cwd: 'sub' },
      run('move', 'raw', 'sub/raw2'),
      run('unprotect', 'sub/raw2', 'data'),
      run('unprotect', 'data/b/c'),
      status,
      run('remove', 'data.dvc'),
      { ...run('remove', '--outs', 'raw2.dvc'), cwd: 'sub' },
      run('gc', '-w', '-f'),
      run('checkout'),
    ],
  },
  {
    name: 'gc of workspaces, branches, tags and commits',
    files: CHAIN,
    steps: [
      repro,
      COMMIT,
      sh('git tag t; git branch old'),
      write({ in: 'two\n' }),
      repro,
      COMMIT,
      write({ in: 'three\n' }),
      repro,
      run('gc', '-f'),
      run('gc', '-w', '-f', '--dry'),
      run('gc', '-a', '-f'),
      run('gc', '-T', '-f'),
      run('gc', '-w', '-f'),
      status,
    ],
  },
  {
    name: 'push, fetch and pull of targets, with what they need, below a directory',
    files: { ...FORK, ...DATA },
    steps: [
      REMOTE,
      run('add', 'data', 'sub/f'),
      repro,
      run('push', 'l.txt', 'data'),
      runJson('status', '--json', '-c'),
      run('push', '-d', 'join'),
      run('push', '-R', 'sub'),
      runJson('status', '--json', '-c', 'left', 'data.dvc'),
      sh('rm -rf .dvc/cache data sub/f *.txt'),
      run('fetch', 'data'),
      run('pull', 'data'),
      run('pull', 'left', '-d'),
      run('pull', '--allow-missing'),
      status,
      run('push', 'data'),
      run('pull'),
    ],
  },
  {
    name: 'an executable, a linked dep, and a directory of both',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['run.sh', 'link'], outs: ['o'], cmd: './run.sh < link > o; chmod +x o' },
        b: { deps: ['dir', 'o'], outs: ['d'], cmd: 'mkdir d; cp -rL dir/. d; cp -p o d' },
      }),
      'run.sh': '#!/bin/sh\ncat\n',
      'dir/x': 'x\n',
      target: 't\n',
    },
    steps: [
      sh('chmod +x run.sh; ln -s target link; ln -s ../target dir/l'),
      repro,
      status,
      sh('chmod -x run.sh o'),
      status,
      sh('chmod +x run.sh; echo u > target'),
      status,
      repro,
      sh('rm -rf o d; ln -sfn run.sh link'),
      run('checkout'),
      repro,
      status,
    ],
  },
  {
    name: 'nested .dvcignore files before add, in deps and in outs',
    files: {
      'data/a': 'a\n',
      'data/t.tmp': 't\n',
      'data/k/t.tmp': 'k\n',
      'data/k/u.log': 'u\n',
      '.dvcignore': '*.tmp\n!k/t.tmp\n/data/k/u.log\n',
      'dvc.yaml': pipeline({ a: { deps: ['data'], outs: ['o'], cmd: 'mkdir -p o; cp -r data/. o' } }),
    },
    steps: [
      repro,
      write({ 'data/t.tmp': 'other\n' }),
      status,
      write({ 'data/k/u.log': 'other\n' }),
      status,
      write({ '.dvcignore': '*.tmp\n' }),
      status,
      repro,
      run('check-ignore', 'data/t.tmp', 'data/a'),
      run('check-ignore', 'data/a'),
      status,
    ],
  },
  {
    name: 'a lock of which entries, keys and files are gone',
    files: CHAIN,
    steps: [
      repro,
      sh("sed -i '/size:/d; /hash: md5/d' dvc.lock"),
      status,
      sh('rm dvc.lock'),
      status,
      run('commit', '-f'),
      status,
      sh('rm dvc.lock; rm -rf .dvc/cache/runs'),
      repro,
    ],
  },
  {
    name: 'the lock of DVC 1',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] } }),
      in: 'one\n',
      'dvc.lock':
        'a:\n  cmd: echo a >> $RAN; cat in > a.txt\n  deps:\n  - path: in\n    md5: 5bbf5a52328e7439ae6e719dfe712200\n    size: 4\n  outs:\n  - path: a.txt\n    md5: 5bbf5a52328e7439ae6e719dfe712200\n    size: 4\n',
    },
    steps: [status, repro, status],
  },
  {
    name: 'layers of the configuration',
    files: CHAIN,
    steps: [
      run('config', 'core.autostage', 'true'),
      run('config', '--local', 'cache.type', 'symlink'),
      run('remote', 'add', '-d', 'here', '../remote'),
      run('remote', 'add', 'here', '../elsewhere'),
      run('remote', 'add', '--local', 'two', '/tmp/dvc-like-nowhere'),
      run('remote', 'modify', 'here', 'url', '../other'),
      run('remote', 'rename', 'here', 'there'),
      repro,
      run('push'),
      run('remote', 'default', 'two', '--local'),
      run('config', '-u', 'core.autostage'),
      run('config', 'core.none', '1'),
      run('config', 'cache.type', 'nope'),
      run('config', '--list'),
    ],
  },
];
