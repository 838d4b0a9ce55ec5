/**
 * Data under `.dvc` files: `add`, `remove`, `move`.
 *
 * @module
 */

import { run, type Scenario, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const DATA = { raw: 'one\n', 'data/x': 'x\n', 'data/deep/y': 'y\n', 'sub/z': 'z\n' };

const STAGES = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'] },
    b: { deps: ['a.txt'], outs: ['b.txt'] },
    c: { deps: ['a.txt'], outs: ['c.txt'] },
  }),
  in: 'one\n',
};

const inDirectory = (cwd: string, ...args: readonly string[]) => ({ run: args, cwd });

const COMMITTED = 'git add -A; git commit -qm one';

export const ADD: readonly Scenario[] = [
  {
    name: 'add a file, a directory, a file below',
    files: DATA,
    steps: [run('add', 'raw'), run('add', 'data', 'sub/z'), run('repro', '-P'), run('status')],
  },
  {
    name: 'add from a directory below',
    files: DATA,
    steps: [inDirectory('sub', 'add', 'z'), inDirectory('sub', 'add', '../raw', '../data/deep/')],
  },
  {
    name: 'add what changed again',
    files: DATA,
    steps: [
      run('add', 'raw', 'data'),
      sh(
        "sed -i 's/^  path: raw/  path: raw # the data/' raw.dvc; rm -f raw; echo two > raw; echo new > data/new",
      ),
      run('add', 'raw', 'data'),
      sh("grep -q 'raw # the data' raw.dvc"),
      run('add', 'raw'),
    ],
  },
  {
    name: 'add a part of a tracked directory',
    files: DATA,
    steps: [
      run('add', 'data'),
      write({ 'data/new': 'new\n', 'data/deep/v': 'v\n' }),
      run('add', 'data/new'),
      sh('rm -f data/x; echo other > data/x; echo w > data/deep/w'),
      run('add', 'data/deep', 'data/x'),
      sh('rm data/x'),
      run('add', 'data/x'),
      run('add', 'data/none'),
    ],
  },
  {
    name: 'add an executable',
    files: DATA,
    steps: [sh('chmod +x raw'), run('add', 'raw'), run('add', 'raw')],
  },
  {
    name: 'add an empty directory, and nothing',
    files: DATA,
    steps: [sh('mkdir e'), run('add', 'e'), run('add', 'none')],
  },
  {
    name: 'add stops at what is not there, and keeps what went before',
    files: DATA,
    steps: [run('add', 'raw', 'none', 'data')],
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of what it has added' },
  },
  {
    name: 'add refuses what git tracks',
    files: DATA,
    steps: [
      sh(COMMITTED),
      run('add', 'raw'),
      run('add', 'data'),
      sh('git rm -q --cached raw'),
      run('add', 'raw'),
    ],
  },
  {
    name: 'add refuses what a stage makes, and what holds that',
    files: {
      ...DATA,
      'dvc.yaml': pipeline({ a: { deps: ['raw'], outs: ['out/a'], cmd: 'mkdir -p out; cat raw > out/a' } }),
    },
    steps: [
      run('repro'),
      run('add', 'out/a'),
      run('add', 'out'),
      run('add', 'raw', 'out'),
      run('add', 'raw'),
    ],
  },
  {
    name: 'add refuses what holds tracked data',
    files: DATA,
    steps: [
      run('add', 'data/deep'),
      run('add', 'data'),
      run('add', 'raw', 'data'),
      run('add', 'sub', 'sub/z'),
    ],
  },
  {
    name: 'add what a stage reads',
    files: {
      ...DATA,
      'dvc.yaml': pipeline({ a: { deps: ['raw', 'data'], outs: ['a.txt'], cmd: 'cat raw > a.txt' } }),
    },
    steps: [run('repro'), run('add', 'raw', 'data'), write({ raw: 'two\n' }), run('repro'), run('repro')],
  },
  {
    name: 'add without keeping anything in the cache',
    files: DATA,
    steps: [run('add', '--no-commit', 'raw', 'data'), run('status'), run('commit', '-f'), run('checkout')],
  },
  {
    name: 'add by patterns',
    files: { 'a.txt': 'a\n', 'b.txt': 'b\n', '.c.txt': 'c\n', 'd/e.txt': 'e\n', 'd/f/g.txt': 'g\n' },
    steps: [
      run('add', '--glob', '*.txt'),
      run('add', '--glob', 'd/**/g.*', 'd/e.tx?'),
      run('add', '--glob', '*.none'),
      run('add', '--glob', 'a.txt'),
    ],
  },
  {
    name: 'add a copy of what lies elsewhere',
    files: DATA,
    steps: [
      sh('mkdir -p "$TOP/far/d"; echo far > "$TOP/far/d/file"'),
      run('add', '-o', 'copy', 'data'),
      run('add', '-o', 'sub', 'raw'),
      run('add', '-o', 'x', 'raw', 'data'),
      run('add', '--glob', '-o', 'x', 'raw'),
    ],
    onPurpose: { aspects: ['objects'], why: 'DVC leaves temporary files in the cache' },
  },
  {
    name: 'add a copy in the place of what is there',
    files: DATA,
    steps: [
      run('add', '-o', 'sub/z', 'raw'),
      run('add', '-f', '-o', 'sub/z', 'raw'),
      run('add', '-f', '-o', 'sub/z', 'data/x'),
    ],
    onPurpose: { aspects: ['objects'], why: 'DVC leaves temporary files in the cache' },
  },
  {
    name: 'add refuses what lies elsewhere, and what is ignored',
    files: { ...DATA, '.dvcignore': 'sub\n', '.gitignore': '*.dvc\n' },
    steps: [run('add', '/etc/hostname'), run('add', 'sub/z'), run('add', 'raw')],
  },
  {
    name: 'add behind links',
    files: DATA,
    steps: [
      sh('ln -s data link; ln -s raw rawlink; ln -s ../raw data/inside'),
      run('add', 'link/x'),
      run('add', 'link'),
      run('add', 'rawlink'),
      run('add', 'data'),
    ],
  },
  {
    name: 'add names with special characters',
    files: { '#x[y]*': '1\n', '!b': '2\n', 'a b': '3\n', 'é/ü': '4\n' },
    steps: [run('add', '#x[y]*', '!b', 'a b', 'é'), run('status')],
  },
  {
    name: 'remove a .dvc file, with and without its data',
    files: DATA,
    steps: [
      run('add', 'raw', 'data', 'sub/z'),
      run('remove', 'raw.dvc'),
      run('remove', 'data'),
      run('remove', '--outs', 'data.dvc', 'sub/z.dvc'),
      run('remove', 'none.dvc'),
      run('status'),
    ],
  },
  {
    name: 'remove stages one by one, the last with the file',
    files: STAGES,
    steps: [
      run('repro'),
      run('remove', 'b'),
      run('repro'),
      run('remove', '--outs', 'c'),
      run('remove', 'none'),
      run('remove', 'a'),
      run('status'),
    ],
  },
  {
    name: 'remove a stage that never ran, and one elsewhere',
    files: { ...STAGES, 'sub/dvc.yaml': pipeline({ d: { outs: ['d'] }, e: { outs: ['e'] } }) },
    steps: [
      run('remove', 'c'),
      inDirectory('sub', 'repro'),
      run('remove', 'sub/dvc.yaml:d'),
      inDirectory('sub', 'remove', '--outs', 'e'),
      inDirectory('sub', 'remove', '../dvc.yaml:a'),
    ],
  },
  {
    name: 'remove one of two stages that make the same',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['o'] }, b: { outs: ['o'] } }) },
    steps: [run('repro'), run('remove', 'b'), run('repro')],
  },
  {
    name: 'remove outs that persist, and outs that git keeps',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    cmd: touch o p m\n    outs:\n    - o\n    - p: {persist: true}\n    metrics:\n    - m: {cache: false}\n  z:\n    cmd: echo\n',
    },
    steps: [run('repro'), run('remove', '--outs', 'a')],
  },
  {
    name: 'remove all stages of a file',
    files: STAGES,
    steps: [run('repro'), run('remove', 'dvc.yaml')],
  },
  {
    name: 'move a file and a directory: to a new name, into a directory',
    files: DATA,
    steps: [
      run('add', 'raw', 'data', 'sub/z'),
      run('move', 'raw', 'fresh'),
      run('move', 'fresh', 'sub'),
      run('move', 'data', 'sub/moved'),
      inDirectory('sub', 'move', 'z', '..'),
      run('status'),
    ],
  },
  {
    name: 'move what was edited, and what is gone',
    files: DATA,
    steps: [
      run('add', 'raw', 'data'),
      sh('rm -f raw; echo two > raw; rm -rf data'),
      run('move', 'raw', 'fresh'),
      run('move', 'data', 'gone'),
      run('checkout'),
    ],
  },
  {
    name: 'move refuses what a stage makes, what is not tracked, where nothing can be',
    files: { ...DATA, ...STAGES },
    steps: [
      run('repro'),
      run('add', 'raw', 'data'),
      run('move', 'a.txt', 'b'),
      run('move', 'sub/z', 'y'),
      run('move', 'raw', 'data'),
      run('move', 'raw', 'data/below'),
      run('move', 'raw', 'none/raw'),
      run('move', 'raw.dvc', 'x'),
    ],
  },
  {
    name: 'checkout and commit of .dvc files, of outs, of directories, with what they need',
    files: {
      ...DATA,
      'sub/dvc.yaml': pipeline({
        a: { deps: ['../raw'], outs: ['a.txt'] },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
    },
    steps: [
      run('add', 'raw', 'data', 'sub/z'),
      run('repro', '-P'),
      sh('rm -rf raw data sub/z sub/a.txt sub/b.txt'),
      run('checkout', 'raw.dvc'),
      run('checkout', 'data'),
      run('checkout', '-R', 'sub'),
      sh('rm -f raw sub/*.txt'),
      run('checkout', '-d', 'sub/dvc.yaml:b'),
      run('checkout', 'none'),
      sh('rm -f raw; echo two > raw; echo new > data/new'),
      run('commit', '-f', 'raw.dvc'),
      run('commit', '-f', '-R', '.'),
      run('status'),
    ],
  },
  {
    name: 'add replaces a damaged object',
    files: DATA,
    steps: [
      run('add', 'raw'),
      sh('f=$(find .dvc/cache/files -type f); chmod 644 $f; echo bad > $f'),
      run('add', 'raw'),
      sh('rm raw'),
      run('checkout'),
    ],
  },
];
