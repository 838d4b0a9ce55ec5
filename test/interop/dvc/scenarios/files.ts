/**
 * Several manifests, `.dvc` files, and locks that somebody else has written.
 *
 * @module
 */

import { run, type Scenario, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

/** Data under `.dvc` files that do not say yet what it is. */
const DATA = {
  'raw.dvc': 'outs:\n- hash: md5\n  path: raw # the data\n',
  'data.dvc': 'desc: a directory\nouts:\n- hash: md5\n  path: data\n',
  raw: 'one\n',
  'data/x': 'x\n',
  'data/deep/y': 'y\n',
};

/** The root's `a` reads data, `sub` reads `a`, `sub/deep` reads both. */
const TREE = {
  ...DATA,
  'dvc.yaml': pipeline({ a: { deps: ['raw', 'data'], outs: ['a.txt'], cmd: 'cat raw data/x > a.txt' } }),
  'sub/dvc.yaml': pipeline({
    b: { deps: ['../a.txt'], outs: ['b.txt'], more: 'params:\n- k\n' },
  }),
  'sub/params.yaml': 'k: 1\n',
  'sub/deep/dvc.yaml': pipeline({
    c: { deps: ['../b.txt', '../../a.txt'], outs: ['c.txt'] },
    other: { outs: ['other.txt'], deps: ['../params.yaml'] },
  }),
};

const CRLF = 'a\r\nb\r\n';
/** Of the same with LF: the digest that DVC 2 gave it. */
const OF_LINES = 'dd8c6a395b5dd36c56d23275028f526c';

const inDirectory = (cwd: string, ...args: readonly string[]) => ({ run: args, cwd });

export const FILES: readonly Scenario[] = [
  {
    name: '.dvc files are verified and recorded',
    files: DATA,
    steps: [run('repro', '-P'), run('repro', '-P')],
  },
  {
    name: '.dvc files follow the workspace',
    files: DATA,
    steps: [run('repro', '-P'), write({ raw: 'two\n', 'data/new': 'z\n' }), run('repro', '-P')],
  },
  {
    name: 'a .dvc file as a target',
    files: TREE,
    steps: [run('repro', 'raw.dvc'), write({ raw: 'two\n' }), run('repro', 'raw.dvc'), run('repro')],
  },
  {
    name: 'an executable under a .dvc file',
    files: DATA,
    steps: [run('repro', '-P'), sh('chmod +x raw; echo two > raw'), run('repro', '-P')],
  },
  {
    name: 'an object that is gone is put back from the workspace',
    files: DATA,
    steps: [run('repro', '-P'), sh('rm -rf .dvc/cache/files'), run('repro', '-P')],
  },
  {
    name: 'each manifest has its lock',
    files: TREE,
    steps: [run('repro', '-P'), run('repro', '-P')],
  },
  {
    name: 'without targets the stages of the directory run, and what they need',
    files: TREE,
    steps: [run('repro'), inDirectory('sub', 'repro'), inDirectory('sub/deep', 'repro')],
  },
  {
    name: 'from below all that is needed above runs',
    files: TREE,
    steps: [inDirectory('sub/deep', 'repro', 'c')],
  },
  {
    name: 'a directory without a manifest',
    files: { ...TREE, 'empty/x': '' },
    steps: [inDirectory('empty', 'repro')],
  },
  {
    name: 'targets in other directories',
    files: TREE,
    steps: [
      run('repro', 'sub/deep/dvc.yaml:other'),
      run('repro', 'sub/dvc.yaml'),
      inDirectory('sub', 'repro', '../dvc.yaml:a'),
      inDirectory('sub', 'repro', 'deep/dvc.yaml:c'),
    ],
  },
  { name: 'stages of a directory', files: TREE, steps: [run('repro', '-R', 'sub'), run('repro', '-P')] },
  {
    name: 'an edit goes through the files',
    files: TREE,
    steps: [
      run('repro', '-P'),
      write({ raw: 'two\n' }),
      run('repro', 'sub/deep/dvc.yaml:c'),
      run('repro', '-P'),
    ],
  },
  {
    name: 'params lie beside the manifest',
    files: TREE,
    steps: [run('repro', '-P'), write({ 'sub/params.yaml': 'k: 2\n' }), run('repro', '-P')],
  },
  {
    name: 'manifests that are ignored declare nothing',
    files: {
      ...TREE,
      '.dvcignore': 'hidden\n',
      '.gitignore': '/unseen/\n',
      'hidden/dvc.yaml': pipeline({ h: { outs: ['h'] } }),
      'unseen/dvc.yaml': pipeline({ u: { outs: ['u'] } }),
    },
    steps: [run('repro', '-P')],
  },
  {
    name: 'a manifest in what a stage makes is none',
    files: {
      'dvc.yaml': pipeline({
        make: { outs: ['out'], cmd: 'mkdir out; printf "stages: {x: {cmd: false}}\\n" > out/dvc.yaml' },
      }),
    },
    steps: [run('repro', '-P'), run('repro', '-P')],
  },
  {
    name: 'a frozen stage takes its outs as they stand',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'], more: 'frozen: true\n' },
        b: { deps: ['a.txt'], outs: ['b.txt'] },
      }),
      in: 'one\n',
      'a.txt': 'by hand\n',
    },
    steps: [
      run('repro'),
      write({ in: 'two\n' }),
      run('repro'),
      sh('rm -f a.txt; echo other > a.txt'),
      run('repro'),
    ],
  },
  {
    name: 'a frozen .dvc file',
    files: { ...DATA, 'raw.dvc': 'outs:\n- hash: md5\n  path: raw\nfrozen: true\n' },
    steps: [run('repro', '-P'), write({ raw: 'two\n' }), run('repro', '-P')],
  },
  {
    name: 'comments, stages that are gone and datasets stay in the lock',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] }, b: { deps: ['in'], outs: ['b.txt'] } }),
      'dvc.lock':
        "# kept\nschema: '2.0'\nstages:\n  gone:\n    cmd: x\n  # before b\n  b:\n    cmd: old\n  last:\n    cmd: y\ndatasets:\n- name: d\n  type: url\n  url: s3://b/k\n",
      in: 'one\n',
    },
    steps: [run('repro'), sh('grep -q "# kept" dvc.lock'), write({ in: 'two\n' }), run('repro')],
  },
  {
    name: 'deps and outs that are links, and deps elsewhere',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['link', 'directory'], outs: ['a.txt'], cmd: 'cat link directory/x > a.txt' },
      }),
      'real/x': 'one\n',
    },
    steps: [
      sh('ln -s real/x link; ln -s real directory'),
      run('repro'),
      run('repro'),
      sh('echo two > real/x'),
      run('repro'),
    ],
  },
  {
    name: 'a dep that becomes executable changes nothing',
    files: { 'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] } }), in: 'one\n' },
    steps: [run('repro'), sh('chmod +x in'), run('repro')],
  },
  {
    name: 'what DVC 2 has recorded holds, and is brought up to date when it changes',
    files: {
      'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'], cmd: 'cat in > a.txt' } }),
      'dvc.lock': `schema: '2.0'
stages:
  a:
    cmd: echo a >> $RAN; cat in > a.txt
    deps:
    - path: in
      md5: ${OF_LINES}
      size: 6
    outs:
    - path: a.txt
      md5: ${OF_LINES}
      size: 6
`,
      'data.dvc': `outs:\n- md5: ${OF_LINES}\n  size: 6\n  path: data\n`,
      in: CRLF,
      'a.txt': CRLF,
      data: CRLF,
      [`.dvc/cache/${OF_LINES.slice(0, 2)}/${OF_LINES.slice(2)}`]: CRLF,
    },
    steps: [run('repro', '-P'), sh('echo c >> in; echo c >> data'), run('repro', '-P'), run('repro', '-P')],
  },
];
