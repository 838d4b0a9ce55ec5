/**
 * Data of two times: `diff` and `data status`.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { run, runJson, type Scenario, type Step, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const DATA = { raw: 'one\n', 'data/x': 'x\n', 'data/deep/y': 'y\n', 'sub/z': 'z\n' };

const commit = (name: string) => sh(`git add -A; git commit -qm ${name}; git tag ${name}`);

const diff = (...args: readonly string[]) => runJson('diff', '--json', ...args);
/** DVC has its lists in the order of sets. */
const status = (...args: readonly string[]): Step => ({
  run: ['data', 'status', '--json', ...args],
  json: true,
  part: sorted,
});
const statusOf = (...args: readonly string[]): Step => status('--granular', ...args);

const sorted = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map((item) => JSON.stringify(item)).sort();
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, sorted(value)]));
};

const TRACKED = [run('add', 'raw', 'data', 'sub/z'), commit('first')];

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
/** Of the file and the members as DVC 2 named them: with LF. */
const [LINES_2, Y_2] = [md5('a\nb\n'), md5('y\n')];
const MEMBERS_2 = `[{"md5": "${LINES_2}", "relpath": "x"}, {"md5": "${Y_2}", "relpath": "y"}]`;
const TREE_2 = `${md5(MEMBERS_2)}.dir`;
const inCache = (digest: string): string => `.dvc/cache/${digest.slice(0, 2)}/${digest.slice(2)}`;

/** As DVC 2 left it. */
const RECORDED_BY_2 = {
  'dvc.yaml': "stages:\n  a: {cmd: 'true', outs: [o, od]}\n",
  'dvc.lock': `schema: '2.0'
stages:
  a:
    cmd: 'true'
    outs:
    - path: o
      md5: ${LINES_2}
      size: 6
    - path: od
      md5: ${TREE_2}
      size: 8
      nfiles: 2
`,
  o: 'a\r\nb\r\n',
  'od/x': 'a\r\nb\r\n',
  'od/y': 'y\n',
  '.gitignore': '/o\n/od\n',
  [inCache(LINES_2)]: 'a\r\nb\r\n',
  [inCache(Y_2)]: 'y\n',
  [inCache(TREE_2)]: MEMBERS_2,
};

export const DIFF: readonly Scenario[] = [
  {
    name: 'diff before there is a commit, and without a change',
    files: DATA,
    steps: [
      diff(),
      run('add', 'raw'),
      diff(),
      commit('first'),
      diff(),
      run('diff', 'none'),
      diff('first', 'HEAD'),
    ],
  },
  {
    name: 'diff of the workspace: edited, deleted, added, renamed',
    files: DATA,
    steps: [
      ...TRACKED,
      sh('rm -f raw sub/z; echo two > raw; echo new > data/new; mv data/deep/y data/deep/moved'),
      diff(),
      diff('--show-hash'),
      run('add', 'raw', 'data'),
      diff('--show-hash'),
      commit('second'),
      diff('first', 'second', '--show-hash'),
      diff('second', 'first'),
      diff('first'),
    ],
  },
  {
    name: 'diff of what is not in the cache',
    files: DATA,
    steps: [
      ...TRACKED,
      sh('rm -rf .dvc/cache/files'),
      diff(),
      diff('--hide-missing'),
      sh('rm -rf raw data'),
      diff('--show-hash'),
    ],
  },
  {
    name: 'diff of what is tracked no longer, and of what is tracked now',
    files: DATA,
    steps: [
      ...TRACKED,
      run('remove', 'raw.dvc', 'sub/z.dvc'),
      sh('echo late > late'),
      run('add', 'late'),
      diff(),
      commit('second'),
      diff('first', 'second'),
      sh('git mv late.dvc later.dvc; sed -i s/late/later/ later.dvc; mv late later'),
      diff('--show-hash'),
    ],
  },
  {
    name: 'diff of targets',
    files: DATA,
    steps: [
      ...TRACKED,
      sh('rm -f raw data/x; echo two > raw; echo two > data/x; echo w > data/deep/w'),
      diff('--targets', 'raw'),
      diff('--targets', 'data/x'),
      diff('--targets', 'data/deep', 'raw.dvc'),
      run('diff', '--targets', 'none'),
    ],
  },
  {
    name: 'diff of what stages make',
    files: {
      'dvc.yaml': pipeline({
        a: { deps: ['in'], outs: ['a.txt'] },
        b: { deps: ['in'], outs: ['d'], cmd: 'mkdir -p d; cp in d/x; echo > d/$(cat in)' },
        m: { deps: ['in'], cmd: 'cat in > m', more: 'metrics:\n- m: {cache: false}\n' },
      }),
      in: 'one\n',
    },
    steps: [
      run('repro'),
      commit('first'),
      write({ in: 'two\n' }),
      run('repro'),
      diff('--show-hash'),
      commit('second'),
      diff('first', 'second'),
      sh('rm -rf d'),
      diff(),
    ],
  },
  {
    name: 'diff of a file that becomes a directory',
    files: DATA,
    steps: [
      ...TRACKED,
      sh('rm raw; mkdir raw; echo in > raw/in'),
      diff('--show-hash'),
      run('add', 'raw'),
      diff(),
    ],
  },
  {
    name: 'what DVC 2 recorded is known by its own digests',
    files: RECORDED_BY_2,
    steps: [
      diff(),
      status(),
      commit('first'),
      run('status', '-q'),
      diff(),
      diff('first'),
      status(),
      statusOf(),
      sh('echo more >> o; echo more >> od/x; rm od/y; echo z > od/z'),
      diff(),
      status(),
      statusOf(),
      run('checkout'),
      sh('rm o od/z; printf "a\\r\\nb\\r\\n" > od/x'),
      diff(),
      statusOf(),
      run('checkout'),
      diff(),
      statusOf(),
      sh(`rm -rf ${inCache(Y_2)} o`),
      diff(),
      statusOf(),
      sh('rm -rf .dvc/cache'),
      status(),
    ],
  },
  {
    name: 'data status in a new repository',
    files: DATA,
    steps: [status(), run('add', 'raw'), status(), statusOf()],
  },
  {
    name: 'data status of a file: recorded, committed, edited, deleted',
    files: { raw: 'one\n' },
    steps: [
      run('add', 'raw'),
      commit('first'),
      status(),
      status('--unchanged'),
      sh('rm -f raw; echo two > raw'),
      status('--unchanged'),
      run('add', 'raw'),
      status(),
      sh('rm raw'),
      status(),
      sh('rm -rf .dvc/cache/files'),
      status(),
    ],
  },
  {
    name: 'data status of a directory, as a whole and by its files',
    files: { 'data/x': 'x\n', 'data/deep/y': 'y\n' },
    steps: [
      run('add', 'data'),
      commit('first'),
      statusOf(),
      sh('echo new > data/new'),
      status(),
      statusOf(),
      sh('rm -f data/x data/new; echo two > data/x'),
      statusOf(),
      run('add', 'data'),
      statusOf(),
      sh('mv data/deep/y data/deep/z'),
      statusOf(),
    ],
  },
  {
    name: 'data status of targets, and from below',
    files: DATA,
    steps: [
      ...TRACKED,
      sh('rm -f raw data/x; echo two > raw; echo two > data/x'),
      status('raw'),
      statusOf('data/x'),
      status('sub'),
      { ...status('--untracked-files'), cwd: 'sub' },
    ],
  },
  {
    name: 'data status names what git does not know',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['a.txt'] } }) },
    steps: [
      sh('git add -A; git commit -qm one'),
      write({ 'other/file': 'x\n' }),
      status('--untracked-files'),
      status('--untracked-files=no'),
      run('repro'),
      status(),
      commit('second'),
      status('--untracked-files', 'all'),
    ],
  },
  {
    name: 'data status of a stage that has not run',
    files: { 'dvc.yaml': pipeline({ a: { outs: ['a.txt'] } }) },
    steps: [status(), write({ 'a.txt': 'by hand\n' }), status(), run('repro'), status('--unchanged')],
  },
];
