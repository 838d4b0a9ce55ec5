import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const MANIFEST = `stages:
  a:
    cmd: cp in m.json; cp in out.json; mkdir -p tree; cp in tree/x.json
    deps: [in]
    params: [lr, train.C, p.json: [x]]
    metrics: [{m.json: {cache: false}}, out.json, tree]
metrics: [top.yaml]
`;

const IN = [
  '{"auc": 0.123456789, "n": 10, "f": 1.0, "s": "x", "list": [1, 2], "nul": null, "deep": {"b": true}}',
  '{"auc": 0.223456789, "n": 12, "f": 1.0, "s": "y|z", "list": [3], "nul": 0.00001334567, "big": 123456.789}',
] as const;

const PARAMS = [
  "lr: 0.1 # rate\ntrain: {C: 1, list: [1, {a: null}, 'it''s'], empty: {}}\nfree: old\n",
  'lr: 0.25\ntrain: {C: 2, list: [1.0, true], empty: {x: 1}}\nfree: new\nflag: yes\n',
] as const;

const ENV = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

/** A DVC repository with a commit, and another state in the workspace. */
const withHistory = (body: (p: Project) => Promise<void>, directory = '', cwd = directory) =>
  withProject(
    Object.fromEntries(
      Object.entries({
        '.dvc/config': '',
        '.dvc/.gitignore': '/cache\n/tmp\n',
        'dvc.yaml': MANIFEST,
        'params.yaml': PARAMS[0],
        'p.json': '{"x": 1, "y": 1}',
        'top.yaml': 'acc: 0.5\n',
        in: IN[0],
        'sub/readme': '',
      }).map(([path, text]) => [`${directory}${path}`, text]),
    ),
    async (p) => {
      await p.exec('git', '-C', p.root, 'init', '-q', '-b', 'main');
      await p.run('repro', '-q', '-P');
      await p.exec('git', '-C', p.root, 'add', '-A');
      await p.exec('git', '-C', p.root, 'commit', '-q', '-m', 'first');
      await p.write({
        [`${directory}params.yaml`]: PARAMS[1],
        [`${directory}p.json`]: '{"x": 2, "y": 2}',
        [`${directory}in`]: IN[1],
      });
      await p.run('repro', '-q', '-P');
      await body(p);
    },
    { env: ENV, cwd },
  );

suite('params diff compares the parameters of two versions', (test) => {
  table(
    test,
    [
      {
        name: 'of HEAD and the workspace',
        flags: [],
        stdout: `Path         Param          HEAD                    workspace    Change
p.json       x              1                       2            +1
params.yaml  flag           -                       yes          -
params.yaml  free           old                     new          -
params.yaml  lr             0.1                     0.25         +0.15
params.yaml  train.C        1                       2            +1
params.yaml  train.empty.x  -                       1            -
params.yaml  train.list     [1, {a: null}, "it's"]  [1.0, true]  -
`,
      },
      {
        name: 'only those that stages depend on, equal ones too',
        flags: ['--deps', '--all', '--no-path'],
        stdout: `Param    HEAD  workspace  Change
x        1     2          +1
lr       0.1   0.25       +0.15
train.C  1     2          +1
`,
      },
      {
        name: 'in other files, as Markdown',
        flags: ['HEAD', '--md', '--targets', 'p.json'],
        stdout: `| Path   | Param | HEAD | workspace | Change |
| ------ | ----- | ---- | --------- | ------ |
| p.json | x     | 1    | 2         | +1     |
| p.json | y     | 1    | 2         | +1     |
`,
      },
      { name: 'of two commits that are equal', flags: ['HEAD', 'main'], stdout: '' },
      { name: 'of two commits that are equal, as JSON', flags: ['HEAD', 'main', '--json'], stdout: '{}\n' },
    ],
    ({ flags, stdout }) =>
      withHistory(async (p) => {
        const shown = await p.run('params', 'diff', ...flags);
        assert.is(shown.stdout, stdout);
        assert.equal([shown.stderr, shown.exitCode], ['', 0]);
      }),
  );

  test('as the JSON that DVC 3.67.1 prints', () =>
    withHistory(async (p) => {
      const { stdout } = await p.run('params', 'diff', '--json');
      assert.equal(JSON.parse(stdout), {
        'p.json': { x: { old: 1, new: 2, diff: 1 } },
        'params.yaml': {
          flag: { old: null, new: 'yes' },
          free: { old: 'old', new: 'new' },
          lr: { old: 0.1, new: 0.25, diff: 0.15 },
          'train.C': { old: 1, new: 2, diff: 1 },
          'train.empty.x': { old: null, new: 1 },
          'train.list': { old: `[1, {'a': None}, "it's"]`, new: '[1.0, True]' },
        },
      });
    }));
});

suite('metrics show and metrics diff read the metrics of a version, also those that only the cache has', (test) => {
  table(
    test,
    [
      {
        name: 'show',
        args: ['show', 'm.json'],
        stdout:
          'Path    auc      big     f    n   nul         s\nm.json  0.22346  123457  1.0  12  1.3346e-05  y|z\n',
      },
      {
        name: 'show, more digits',
        args: ['show', 'm.json', '--precision', '8'],
        stdout:
          'Path    auc         big        f    n   nul           s\nm.json  0.22345679  123456.79  1.0  12  1.334567e-05  y|z\n',
      },
      {
        name: 'diff',
        args: ['diff', '--targets', 'out.json', 'tree'],
        stdout: `Path         Metric  HEAD     workspace   Change
out.json     auc     0.12346  0.22346     +0.1
out.json     big     -        123457      -
out.json     deep.b  true     -           -
out.json     n       10       12          +2
out.json     nul     -        1.3346e-05  -
out.json     s       x        y|z         -
tree/x.json  auc     0.12346  0.22346     +0.1
tree/x.json  big     -        123457      -
tree/x.json  deep.b  true     -           -
tree/x.json  n       10       12          +2
tree/x.json  nul     -        1.3346e-05  -
tree/x.json  s       x        y|z         -
`,
      },
      {
        name: 'diff, as Markdown, equal ones too',
        args: ['diff', '--targets', 'm.json', '--all', '--md'],
        stdout: `| Path   | Metric | HEAD    | workspace  | Change |
| ------ | ------ | ------- | ---------- | ------ |
| m.json | auc    | 0.12346 | 0.22346    | +0.1   |
| m.json | big    | -       | 123457     | -      |
| m.json | deep.b | true    | -          | -      |
| m.json | f      | 1.0     | 1.0        | 0.0    |
| m.json | n      | 10      | 12         | +2     |
| m.json | nul    | -       | 1.3346e-05 | -      |
| m.json | s      | x       | y\\|z       | -      |
`,
      },
    ],
    ({ args, stdout }) =>
      withHistory(async (p) => {
        const shown = await p.run('metrics', ...args);
        assert.is(shown.stdout, stdout);
        assert.equal([shown.stderr, shown.exitCode], ['', 0]);
      }),
  );

  test('as the JSON that DVC 3.67.1 prints', () =>
    withHistory(async (p) => {
      const diff = await p.run('metrics', 'diff', '--json', '--targets', 'm.json');
      assert.equal(JSON.parse(diff.stdout), {
        'm.json': {
          auc: { old: 0.123456789, new: 0.223456789, diff: 0.09999999999999999 },
          big: { old: null, new: 123456.789 },
          'deep.b': { old: true, new: null },
          n: { old: 10, new: 12, diff: 2 },
          nul: { old: null, new: 1.334567e-5 },
          s: { old: 'x', new: 'y|z' },
        },
      });
      const show = await p.run('metrics', 'show', '--json', 'm.json', 'top.yaml');
      const { list: _list, ...kept } = JSON.parse(IN[1]) as Record<string, unknown>;
      assert.equal(JSON.parse(show.stdout), {
        '': { data: { 'm.json': { data: kept }, 'top.yaml': { data: { acc: 0.5 } } } },
      });
    }));

  test('seen from the working directory, in a project deep inside of the repository', () =>
    withHistory(
      async (p) => {
        const { stdout } = await p.run('metrics', 'diff', '--targets', '../m.json', '--no-path');
        assert.match(stdout, 'auc     0.12346  0.22346     +0.1');
        assert.match((await p.run('params', 'diff')).stdout, '../params.yaml  lr ');
      },
      'deep/project/',
      'deep/project/sub',
    ));

  test('what is in neither git nor the cache is named, and shown as new', () =>
    withHistory(async (p) => {
      await p.remove('.dvc/cache');
      const { stdout, stderr, exitCode } = await p.run('metrics', 'diff');
      assert.match(stdout, /m\.json +auc /);
      assert.match(stdout, /out\.json +\S+ +- /);
      assert.match(stderr, 'error[E_NOT_CACHED]: "out.json" of HEAD is not in the cache');
      // As in DVC.
      assert.is(exitCode, 0);
    }));

  test('a commit before there was a manifest has none', () =>
    withProject(
      { in: 'x' },
      async (p) => {
        await p.exec('git', 'init', '-q');
        await p.exec('git', 'add', '-A');
        await p.exec('git', 'commit', '-q', '-m', 'first');
        await p.write({ 'dvc-like.yaml': 'metrics: [m.toml]\n', 'm.toml': 'a = 1\n' });
        const { stdout } = await p.run('metrics', 'diff');
        assert.is(stdout, 'Path    Metric  HEAD  workspace  Change\nm.toml  a       -     1          -\n');
      },
      { env: ENV },
    ));
});
