/**
 * What the manifests of several directories declare at the top, and how their values are shown and compared.
 *
 * @module
 */

import { run, runJson, type Scenario, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const COMMIT = sh('git add -A; git -c user.name=n -c user.email=e@x commit -qm c');
const repro = run('repro');
const status = runJson('status', '--json');

const MODEL = {
  'dvc.yaml': pipeline(
    {
      train: {
        deps: ['in'],
        outs: ['model'],
        more: 'params: [lr, {extra.json: [a.b]}]\nmetrics:\n- m.json:\n    cache: false\n',
        cmd: 'cp in model; cp raw.json m.json',
      },
    },
    'params: [extra.json, sub/more.yaml]\nmetrics: [top.yaml]\nplots: [curve.csv]\n',
  ),
  'params.yaml': 'lr: 0.1\nother: {x: [1, 2], y: null}\n',
  'extra.json': '{"a": {"b": 1, "c": "s"}}',
  'sub/more.yaml': 'deep: true\n',
  'top.yaml': 'acc: 0.5\nnest: {f1: 0.25, n: 3}\n',
  'raw.json': '{"loss": 1.5, "list": [1, 2]}',
  'curve.csv': 'step,v\n1,2\n2,3\n',
  in: 'one\n',
};

const BELOW = {
  'dvc.yaml': pipeline({ a: { deps: ['in'], outs: ['a.txt'] } }, 'vars: [{where: a.txt}]\n'),
  in: 'one\n',
  'sub/dvc.yaml': pipeline(
    { b: { deps: ['../../a.txt'], outs: ['b.txt'], more: 'wdir: work\nparams: [k]\n' } },
    'metrics: [work/m.yaml]\nparams: [p.yaml]\n',
  ),
  'sub/work/params.yaml': 'k: 1\n',
  'sub/work/m.yaml': 'v: 1\n',
  'sub/p.yaml': 'z: 1\n',
  'sub/deep/dvc.yaml': pipeline({ c: { deps: ['../work/b.txt'], outs: ['c.txt'] } }),
};

export const VALUES: readonly Scenario[] = [
  {
    name: 'a metric that the other revision does not have',
    files: { ...MODEL, '.gitignore': '/m.json\n' },
    steps: [
      repro,
      COMMIT,
      runJson('metrics', 'diff', '--json'),
      runJson('metrics', 'diff', '--json', '--all'),
    ],
  },
  {
    name: 'params and metrics of the top and of stages',
    files: MODEL,
    steps: [
      repro,
      runJson('params', 'diff', '--json'),
      COMMIT,
      write({
        'params.yaml': 'lr: 0.2\nother: {x: [1, 3]}\nnew: a\n',
        'top.yaml': 'acc: 0.75\nnest: {f1: 0.25}\n',
      }),
      write({ 'extra.json': '{"a": {"b": 2}}', 'raw.json': '{"loss": 1.25, "list": []}' }),
      status,
      runJson('params', 'diff', '--json'),
      runJson('params', 'diff', '--json', '--all'),
      runJson('params', 'diff', '--json', '--deps'),
      runJson('params', 'diff', '--json', '--targets', 'extra.json'),
      runJson('metrics', 'show', '--json'),
      runJson('metrics', 'diff', '--json'),
      runJson('metrics', 'diff', '--json', '--all'),
      repro,
      runJson('metrics', 'diff', '--json', 'HEAD'),
      runJson('metrics', 'show', '--json', 'm.json'),
      COMMIT,
      runJson('metrics', 'diff', '--json', 'HEAD~1', 'HEAD'),
      runJson('params', 'diff', '--json', 'HEAD~1', 'HEAD'),
    ],
  },
  {
    name: 'manifests in directories below, seen from everywhere',
    files: BELOW,
    steps: [
      run('repro', '-R', '.'),
      runJson('status', '--json', '-R', 'sub'),
      { ...runJson('status', '--json'), cwd: 'sub' },
      { ...runJson('metrics', 'show', '--json'), cwd: 'sub' },
      COMMIT,
      write({ 'sub/work/params.yaml': 'k: 2\n', 'sub/p.yaml': 'z: 2\n', 'sub/work/m.yaml': 'v: 2\n' }),
      runJson('params', 'diff', '--json'),
      { ...runJson('params', 'diff', '--json'), cwd: 'sub/work' },
      { ...runJson('metrics', 'diff', '--json'), cwd: 'sub/deep' },
      { ...run('repro', '-s', 'b'), cwd: 'sub' },
      { ...run('repro', '../dvc.yaml:b'), cwd: 'sub/deep' },
      run('repro', 'sub/deep/dvc.yaml'),
      run('repro', 'sub/dvc.yaml:b', '--downstream'),
      write({ in: 'two\n' }),
      run('repro', 'sub/deep/dvc.yaml:c', '-s'),
      run('repro', '-p', 'sub/dvc.yaml:b'),
      { ...run('checkout', 'work/b.txt'), cwd: 'sub' },
    ],
  },
  {
    name: 'vars from files, from selections of them, and below a wdir',
    files: {
      'dvc.yaml':
        'vars:\n- conf/a.yaml\n- conf/b.json:one,two\n- {n: {m: 5}}\nstages:\n  s:\n    wdir: ${dir}\n    vars: [local.toml]\n    cmd: echo ${one.x} ${two} ${n.m} ${deep.q} ${loc.v} > o\n    outs: [o]\n',
      'conf/a.yaml': 'dir: w\ndeep: {q: 7}\n',
      'conf/b.json': '{"one": {"x": 1}, "two": "z", "three": 3}',
      'w/local.toml': '[loc]\nv = 2.50\n',
    },
    steps: [repro, status, write({ 'w/local.toml': '[loc]\nv = 3\n' }), status, repro],
  },
  {
    name: 'foreach over mappings and lists, matrix over mappings, and their groups as targets',
    files: {
      'dvc.yaml':
        'stages:\n  each:\n    foreach: ${models}\n    do:\n      cmd: echo ${key} ${item.depth} ${item} > ${key}.txt\n      outs: ["${key}.txt"]\n  list:\n    foreach: [{a: 1}, {a: 2}]\n    do:\n      cmd: echo ${item.a} > l${item.a}\n      outs: ["l${item.a}"]\n  mat:\n    matrix:\n      d: [{p: 1}, {p: 2}]\n      e: ${names}\n    cmd: echo ${item.d.p} ${item.e} ${key} > m-${item.d.p}-${item.e}\n    outs: ["m-${item.d.p}-${item.e}"]\n    metrics:\n    - s-${key}.json:\n        cache: false\n',
      'params.yaml': 'models: {small: {depth: 1, fast: true}, big: {depth: 9, fast: false}}\nnames: [u, v]\n',
    },
    steps: [
      run('repro', 'each'),
      run('repro', 'list@1'),
      run('repro', 'each@small', 'list'),
      runJson('status', '--json'),
      runJson('status', '--json', 'each'),
      run('repro', 'mat@d0-u'),
      run('repro', '-s', 'mat'),
      run('freeze', 'each@small'),
      run('checkout', 'each'),
      run('commit', '-f', 'list'),
      run('repro', 'none@x'),
    ],
  },
  {
    name: 'outs of each kind under commit, checkout, gc and push',
    files: {
      'dvc.yaml':
        'stages:\n  s:\n    cmd: for f in a b c d; do cat in >> $f; done; mkdir -p e; cp in e/x; cp in e/y\n    deps: [in]\n    outs:\n    - a\n    - b: {persist: true}\n    - c: {cache: false}\n    - d: {push: false, desc: text, type: t, labels: [l], meta: {k: v}}\n    - e: {persist: true}\n',
      in: 'one\n',
      '.dvc/config': '[core]\n    remote = here\n[\'remote "here"\']\n    url = ../remote\n',
    },
    steps: [
      run('repro', '--no-commit'),
      status,
      run('commit'),
      run('push'),
      runJson('status', '--json', '-c'),
      write({ in: 'two\n' }),
      run('repro', '--no-run-cache'),
      status,
      write({ in: 'one\n' }),
      repro,
      run('gc', '-w', '-f'),
      run('fetch'),
      run('pull', 's'),
      runJson('status', '--json', '-c'),
      COMMIT,
      write({ in: 'three\n' }),
      repro,
      COMMIT,
      run('gc', '-f', '--all-commits'),
      run('gc', '-f', '-a'),
      run('gc', '-f', '-w'),
    ],
  },
];
