/**
 * The graph as text, and the list of stages.
 *
 * @module
 */

import { run, runText, type Scenario, type Step } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const STAGES = `stages:
  z: {cmd: cat in raw > z.txt, deps: [in, raw], outs: [z.txt], desc: makes z}
  each:
    foreach: [u, v]
    do: {cmd: "cat z.txt > \${item}.txt", deps: [z.txt], outs: ["\${item}.txt"]}
  mat:
    matrix: {a: [1, 2], b: [x]}
    cmd: cat u.txt v.txt > m-\${item.a}-\${item.b}
    deps: [u.txt, v.txt]
    outs: ["m-\${item.a}-\${item.b}"]
    metrics: [{"s-\${item.a}.json": {cache: false}}]
  only:
    foreach: {one: 1}
    do: {cmd: "echo \${item} > only"}
  tree: {cmd: mkdir d; touch d/f; touch beside, outs: [d, beside], params: [lr], plots: [p.csv]}
  leaf: {cmd: cat d/f > l, deps: [d/f], outs: [l], frozen: true}
  lone: {cmd: "echo 1 > lone", outs: [lone], always_changed: true}
  empty: {cmd: "true"}
  lines:
    cmd: [echo 1, echo 2]
    deps: [sub, z.txt, in, raw]
    outs: [o1, o2, o3, o4, o5, a-very-long-name-of-an-out-that-needs-some-room-on-a-line, o6]
`;

const FORKED = pipeline({
  a: { deps: ['in'], outs: ['a.txt'] },
  b: { deps: ['a.txt'], outs: ['b.txt'] },
});
const BELOW = 'stages:\n  s: {cmd: cp ../a.txt s.txt, deps: [../a.txt], outs: [s.txt]}\n';

const FILES = {
  'dvc.yaml': STAGES,
  'sub/dvc.yaml':
    'stages:\n  s: {cmd: cat ../z.txt > s.txt, deps: [../z.txt], outs: [s.txt], plots: [p.csv]}\n  t:\n    foreach: [1, 2]\n    do: {cmd: "true", deps: [sub/s.txt], wdir: ..}\n',
  'params.yaml': 'lr: 1\n',
  in: 'one\n',
  raw: 'raw\n',
};

const dag = (...args: readonly string[]): readonly Step[] =>
  ['--dot', '--mermaid'].map((form) => runText('dag', form, ...args));
const from = (cwd: string, step: Step): Step => ({ ...step, cwd });

export const DAG: readonly Scenario[] = [
  {
    name: 'of stages, of outs, of groups as one, whole and in part',
    files: FILES,
    steps: [
      run('add', 'raw'),
      ...dag(),
      runText('dag', '--md'),
      ...dag('-o'),
      ...dag('--full', 'mat@1-x'),
      ...dag('leaf'),
      ...dag('-o', 'leaf'),
      ...dag('-o', '--full', 'leaf'),
      ...dag('u.txt'),
      ...dag('each'),
      ...dag('sub/dvc.yaml:s'),
      runText('dag', '--dot', 'sub/dvc.yaml'),
      run('dag', '--dot', 'none'),
      runText('dag', '--mermaid', '--collapse-foreach-matrix', 'mat'),
      run('dag', '-o', '--collapse-foreach-matrix'),
      ...dag('--collapse-foreach-matrix', 'only'),
      ...dag().map((step) => from('sub', step)),
    ],
  },
  {
    name: 'of several forms at once, the first of dot, Markdown and mermaid',
    files: FILES,
    steps: [
      runText('dag', '--dot', '--md'),
      runText('dag', '--mermaid', '--dot'),
      runText('dag', '--mermaid', '--md'),
    ],
  },
  {
    name: 'of outs, seen from below',
    files: { 'dvc.yaml': FORKED, 'sub/dvc.yaml': BELOW, in: 'one\n' },
    steps: [
      from('sub', runText('dag', '-o', '--dot')),
      from('sub', runText('dag', '-o', '--mermaid')),
      from('sub', runText('dag', '--dot', 's')),
    ],
  },
  {
    name: 'stage list passes over what cannot be read and is not named',
    files: {
      'dvc.yaml': FORKED,
      'sub/dvc.yaml': 'stages: {s: {cmd',
      'far/dvc.yaml': BELOW,
      'bad.dvc': 'outs: 1\n',
    },
    steps: [
      runText('stage', 'list'),
      runText('stage', 'list', '--all'),
      run('stage', 'list', '--all', '--fail'),
      runText('stage', 'list', '--fail'),
      runText('stage', 'list', 'a', 'far/dvc.yaml:s'),
      runText('stage', 'list', '-R', '.'),
      runText('stage', 'list', '-R', 'far'),
      run('stage', 'list', 'sub/dvc.yaml'),
      run('stage', 'list', 'sub/dvc.yaml:s'),
      run('stage', 'list', 'bad.dvc'),
      run('stage', 'list', 'nope'),
      from('sub', run('stage', 'list')),
      from('sub', runText('stage', 'list', '../dvc.yaml')),
    ],
  },
  {
    name: 'of nothing',
    files: { 'readme.txt': '' },
    steps: [...dag(), ...dag('-o'), run('dag')],
  },
  {
    name: 'stage list says what stages are for, what they make, or only their names',
    files: FILES,
    steps: [
      run('add', 'raw'),
      runText('stage', 'list'),
      runText('stage', 'list', '--all'),
      runText('stage', 'list', '--name-only'),
      runText('stage', 'list', '--all', '--names-only'),
      runText('stage', 'list', 'each', 'lone'),
      runText('stage', 'list', 'each@u', 'sub/dvc.yaml'),
      runText('stage', 'list', '-R', 'sub'),
      runText('stage', 'list', '-R', '.'),
      runText('stage', 'list', 'raw.dvc'),
      from('sub', runText('stage', 'list')),
      from('sub', runText('stage', 'list', '--all')),
    ],
  },
];
