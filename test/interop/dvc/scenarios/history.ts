/**
 * Commands that look at commits: all branches, all tags, all commits, the last few of a revision, those since a date.
 *
 * @module
 */

import { run, runJson, type Scenario, type Step, sh, write } from '../scenario.ts';
import { pipeline } from './pipeline.ts';

const COMMIT = sh('git add -A; git commit -qm c');

/** Each tool has its own words for what is wrong with a file. */
const withoutReasons = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (key === 'error' ? 'an error' : value)),
  ) as unknown;

const metrics = (...args: readonly string[]): Step => ({
  run: ['metrics', 'show', '--json', ...args],
  json: true,
  part: withoutReasons,
});

const MEASURED = {
  'dvc.yaml': pipeline(
    {
      train: {
        deps: ['in'],
        cmd: 'sh train.sh',
        outs: ['model'],
        more: 'metrics:\n- m.json:\n    cache: false\n- kept.json\n- eval\n',
      },
    },
    'metrics: [top.yaml]\n',
  ),
  'train.sh':
    'cat in > model\nmkdir -p eval/deep\nfor f in m.json kept.json eval/deep/e.json; do cp raw.json $f; done\n',
  'raw.json': '{"acc": 0.5, "n": {"k": 1}}',
  'top.yaml': 'auc: 0.25\n',
  in: 'one\n',
};

/** Three commits on main, tags on the first two, a branch of one more. */
const GROWN: readonly Step[] = [
  COMMIT,
  run('repro'),
  COMMIT,
  sh('git tag -a v1 -m v1; git tag light'),
  write({ in: 'two\n', 'raw.json': '{"acc": 0.75}' }),
  run('repro'),
  COMMIT,
  sh('git tag v2; git checkout -qb side'),
  write({ in: 'three\n', 'raw.json': '{"acc": 0.9, "extra": [1]}' }),
  run('repro'),
  COMMIT,
  sh('git checkout -q main'),
  run('checkout'),
];

export const HISTORY: readonly Scenario[] = [
  {
    name: 'metrics show of branches, tags and commits',
    files: MEASURED,
    steps: [
      metrics('-a'),
      ...GROWN,
      metrics('-a'),
      metrics('-T'),
      metrics('-A'),
      metrics('-a', '-T'),
      metrics('--all-branches', '--all-commits', 'm.json'),
      metrics('-R', 'eval'),
      metrics('-R', '-T', 'eval', 'kept.json'),
      { ...metrics('-a', '../m.json'), cwd: 'eval' },
      sh('git branch twin'),
      metrics('-a'),
      write({ 'top.yaml': 'auc: 0.5\n' }),
      metrics('-a'),
      sh('git checkout -q top.yaml; git checkout -q --detach'),
      metrics('-a'),
      runJson('metrics', 'diff', '--json', '-R', '--targets', 'eval', '--', 'v1', 'v2'),
    ],
  },
  {
    name: 'metrics show of commits without metrics, with other pipelines, and with broken ones',
    files: { 'readme.txt': 'none\n' },
    steps: [
      COMMIT,
      metrics('-A'),
      write(MEASURED),
      COMMIT,
      sh('git tag never-ran'),
      write({ 'dvc.yaml': 'stages:\n  a: {cmd: x, dep: [y]}\n' }),
      COMMIT,
      sh('git tag broken'),
      write({ 'dvc.yaml': 'metrics: [bad.json, top.yaml]\n', 'bad.json': '{' }),
      COMMIT,
      metrics('-a'),
      metrics('-T'),
      metrics('-A'),
      metrics('-T', 'top.yaml'),
      write({ 'dvc.yaml': 'metrics: [top.yaml]\n' }),
      metrics('-a'),
    ],
  },
  {
    name: 'metrics show outside git, and of a repository below the top of git',
    files: { 'dvc.yaml': 'metrics: [m.yaml]\n', 'm.yaml': 'a: 1\n' },
    steps: [
      COMMIT,
      sh('mkdir below; cp -r .dvc below; cp dvc.yaml m.yaml below; rm -rf below/.dvc/tmp'),
      { ...metrics('-a'), cwd: 'below' },
      COMMIT,
      { ...metrics('-a'), cwd: 'below' },
      { ...metrics('-A'), cwd: 'below' },
      sh('rm -rf .git'),
      metrics(),
      metrics('-a'),
    ],
    onPurpose: { aspects: ['files'], why: 'what the two keep in .dvc/tmp is their own' },
  },
];
