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

export const STAGES_TOO: readonly Scenario[] = [
  {
    name: 'the command sees DVC_STAGE, and its wdir',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    wdir: sub\n    cmd: echo $DVC_STAGE $(basename "$PWD") > o\n    outs: [o]\n',
      'sub/x': '',
    },
    steps: [run('repro')],
  },
  {
    name: 'a wdir that is not there',
    files: { 'dvc.yaml': 'stages:\n  a:\n    wdir: nope\n    cmd: echo 1 > o\n    outs: [o]\n' },
    steps: [run('repro')],
  },
  {
    name: 'an out that is not made',
    files: one('outs: [a.txt]', 'true'),
    steps: [run('repro'), run('repro')],
  },
  {
    name: 'an out that is empty',
    files: one('outs: [a.txt]', ': > a.txt'),
    steps: [run('repro'), run('repro')],
  },
  {
    name: 'an out directory that is empty',
    files: one('outs: [o]', 'mkdir o'),
    steps: [run('repro'), run('repro'), sh('rmdir o'), run('checkout'), run('repro')],
  },
  {
    name: 'an out whose directory is not there',
    files: one('outs: [no/a.txt]', 'cat in > no/a.txt'),
    steps: [run('repro')],
  },
  {
    name: 'a dep that is not there',
    files: {
      ...CHAIN,
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'] },
        b: { deps: ['a.txt', 'nope'], outs: ['b.txt'] },
        z: { deps: ['in'], outs: ['z.txt'] },
      }),
    },
    onPurpose: { aspects: ['gitignore'], why: 'DVC takes back the lines of stages that succeeded' },
    steps: [status, run('repro'), run('repro', '-k'), status],
  },
  {
    name: 'a stage that changes its own dep is recorded with what it leaves',
    files: one('outs: [a.txt]', 'cat in > a.txt; echo more >> in'),
    steps: [run('repro'), run('repro'), status],
  },
  {
    name: 'a stage that makes a params file for the next',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['gen.yaml'], cmd: 'echo "k: $(wc -c < in)" > gen.yaml' },
        b: { outs: ['b.txt'], cmd: 'cat gen.yaml > b.txt', more: 'params:\n- gen.yaml:\n  - k\n' },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), write({ in: 'two2\n' }), run('repro'), run('repro')],
  },
  {
    name: 'an executable out and dep',
    files: one('outs: [a.sh]', 'cat in > a.sh; chmod +x a.sh'),
    steps: [
      run('repro'),
      run('repro'),
      sh('rm -f a.sh'),
      run('checkout'),
      sh('chmod -x a.sh'),
      status,
      run('repro'),
    ],
  },
  {
    name: 'a link as a dep, and a linked directory',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['link', 'dir'], outs: ['a.txt'], cmd: 'cat link dir/x > a.txt' } }),
      'real/x': 'x\n',
    },
    steps: [
      sh('ln -s real/x link; ln -s real dir'),
      run('repro'),
      sh('echo y > real/x'),
      status,
      run('repro'),
    ],
  },
  {
    name: 'a dep elsewhere by its absolute path',
    files: { x: '' },
    steps: [
      sh(
        'echo one > /tmp/dvc-like-interop-elsewhere; printf "stages:\\n  a:\\n    cmd: cat /tmp/dvc-like-interop-elsewhere > a.txt\\n    deps: [/tmp/dvc-like-interop-elsewhere]\\n    outs: [a.txt]\\n" > dvc.yaml',
      ),
      run('repro'),
      status,
      sh('echo two > /tmp/dvc-like-interop-elsewhere'),
      status,
      run('repro'),
      sh('echo one > /tmp/dvc-like-interop-elsewhere'),
      run('repro'),
    ],
  },
  {
    name: 'deps, outs and metrics in the repository by their absolute paths',
    files: { x: 'one', 'sub/y': 'two' },
    steps: [
      sh(
        'printf "stages:\\n  a:\\n    cmd: cat x > a.txt; echo 1 > m.json\\n    deps: [$PWD/x]\\n    outs: [$PWD/./a.txt]\\n    metrics: [$PWD/m.json: {cache: false}]\\n  b:\\n    wdir: sub\\n    cmd: cat ../a.txt y > ../b.txt\\n    deps: [$PWD/a.txt, $PWD/sub/y]\\n    outs: [$PWD/b.txt]\\n" > dvc.yaml',
      ),
      run('repro'),
      status,
      run('stage', 'list'),
      run('metrics', 'show', '--json'),
      sh('echo three > x; rm b.txt'),
      status,
      run('repro'),
      sh('rm a.txt'),
      run('checkout'),
    ],
  },
  {
    name: 'stage add and add, given absolute paths',
    files: { x: 'one', z: 'two', 'sub/y': 'three' },
    steps: [
      run('add', 'ROOT/z'),
      run(
        'stage',
        'add',
        '-n',
        'a',
        '-d',
        'ROOT/x',
        '-o',
        'ROOT/a.txt',
        '-M',
        'ROOT/./m.json',
        'cat x > a.txt; echo 1 > m.json',
      ),
      { run: ['stage', 'add', '-n', 'b', '-d', 'y', '-o', 'ROOT/b.txt', 'cat y > ../b.txt'], cwd: 'sub' },
      run('repro', '-R', '.'),
      status,
    ],
  },
  {
    name: 'a dep above the repository',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['../above'], outs: ['a.txt'], cmd: 'cat ../above > a.txt' } }),
    },
    steps: [sh('echo one > ../above'), run('repro'), status, sh('echo two > ../above'), status, run('repro')],
  },
  {
    name: 'a cached out elsewhere is refused',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['../above'], cmd: 'echo 1 > ../above' } }) },
    steps: [run('repro')],
  },
  {
    name: 'what .dvcignore names does not count in a directory',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['d'], outs: ['o'], cmd: 'mkdir o; cp -r d/. o' } }),
      '.dvcignore': '*.tmp\n/d/skip/\n!d/keep.tmp\n',
      'd/.dvcignore': 'local\n',
      'd/a': 'a\n',
      'd/b.tmp': 'b\n',
      'd/keep.tmp': 'k\n',
      'd/skip/x': 'x\n',
      'd/local': 'l\n',
      'd/deep/local': 'l\n',
    },
    steps: [run('repro')],
  },
  {
    name: 'nested .dvcignore files above a dep',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['d/in'], outs: ['a.txt'], cmd: 'find d/in -type f | sort | xargs cat > a.txt' },
      }),
      '.dvcignore': '*.tmp\n',
      'd/.dvcignore': 'local\n*.log\n!keep.log\n',
      'd/in/a': 'a\n',
      'd/in/b.tmp': 'b\n',
      'd/in/local': 'l\n',
      'd/in/x.log': 'x\n',
      'd/in/keep.log': 'k\n',
    },
    steps: [
      run('repro'),
      write({ 'd/in/b.tmp': 'c\n', 'd/in/local': 'm\n' }),
      run('repro'),
      write({ 'd/in/keep.log': 'z\n' }),
      run('repro'),
    ],
  },
  {
    name: 'a file that is ignored counts as a dep that is named',
    files: { ...CHAIN, '.dvcignore': 'in\n' },
    steps: [run('repro'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'two stages of one out',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['o'] }, b: { outs: ['o'] } }) },
    steps: [run('repro'), status],
  },
  {
    name: 'a cycle',
    files: { 'dvc.yaml': pipeline({ a: { deps: ['y'], outs: ['x'] }, b: { deps: ['x'], outs: ['y'] } }) },
    steps: [run('repro')],
  },
  {
    name: 'an out in an out of another stage',
    files: {
      'dvc.yaml': pipeline({
        a: { outs: ['o'], cmd: 'mkdir -p o; echo 1 > o/x' },
        b: { outs: ['o/p'], cmd: 'echo 2 > o/p' },
      }),
    },
    steps: [run('repro')],
  },
  {
    name: 'stages run in the order of what they need, then of the file',
    files: {
      'dvc.yaml': pipeline({
        z: { deps: ['in'], outs: ['z.txt'] },
        m: { deps: ['z.txt', 'y.txt'], outs: ['m.txt'] },
        a: { deps: ['in'], outs: ['a2.txt'] },
        y: { deps: ['in'], outs: ['y.txt'] },
      }),
      in: 'one\n',
    },
    steps: [run('repro'), run('repro', '-f')],
  },
  {
    name: 'names of stages with dots, blanks and letters of other scripts',
    files: {
      'dvc.yaml':
        'stages:\n  "a b":\n    cmd: echo 1 > "a b"\n    outs: ["a b"]\n  étape:\n    cmd: echo 2 > é\n    outs: [é]\n  x.y:\n    cmd: echo 3 > x\n    outs: [x]\n',
    },
    steps: [run('repro'), run('repro', 'a b'), run('repro', 'étape'), run('repro', 'x.y')],
  },
  {
    name: 'outs whose names .gitignore has to quote',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    cmd: for f in "!b" "#x[y]*"; do echo 1 > "$f"; done\n    outs: ["!b", "#x[y]*"]\n',
    },
    steps: [run('repro')],
  },
  {
    name: 'a .gitignore that has no newline at its end, and one that knows the out',
    files: { ...CHAIN },
    steps: [sh('printf "b.txt" > .gitignore'), run('repro')],
  },
  {
    name: 'values that the lock has to quote',
    files: {
      'dvc.yaml':
        'stages:\n  a:\n    cmd: \'echo "a: b" > "it\'\'s" # c\'\n    params: [t, v, n, f, e, m]\n    outs: ["it\'s"]\n',
      'params.yaml':
        't: "true"\nv: "2.0"\nn: null\nf: 1e16\ne: ""\nm: {b: [1, null, {c: "x: y"}], a: "line\\nline"}\n',
    },
    steps: [run('repro'), run('repro')],
  },
  {
    name: 'a command longer than a line of the lock, with two blanks in it',
    files: {
      'dvc.yaml': `stages:\n  a:\n    cmd: "echo ${'word '.repeat(30)}  ${'more '.repeat(12)} > a.txt"\n    outs: [a.txt]\n`,
    },
    onPurpose: { aspects: ['lock', 'ran', 'runs'], why: 'DVC folds the line in the lock and loses a blank' },
    steps: [run('repro')],
  },
];
