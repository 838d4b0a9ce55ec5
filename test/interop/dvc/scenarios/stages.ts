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
