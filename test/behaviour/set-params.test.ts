import { chmodSync, lstatSync, statSync, symlinkSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { filesOf } from '../support/files-of.ts';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const CONFIG = `# All that can be tuned

train:   # the classifier
  C: 1   # strength
  kind: 'svm'
features: {ngrams: [1, 2], lower: true}  # words
`;

const FILES = {
  'dvc-like.yaml': `stages:
  train: {cmd: 'echo \${train.C} > model', params: [train], outs: [model]}
  words: {cmd: 'cat config.yaml > words', deps: [config.yaml], outs: [words]}
  other: {cmd: 'echo > other', params: [other.json: [x]], outs: [other]}
`,
  'config.yaml': CONFIG,
  'other.json': '{\n  "x": 1\n}\n',
};

suite('repro -S sets params in their files first, and touches nothing else in them', (test) => {
  test('of any kind, in any file, and says so', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const { stdout, exitCode } = await p.run(
        ...['repro', '-j1', 'train', 'other', '-S', 'train.C=0.5', '-S', 'features.ngrams=[1, 3]'],
        ...[
          '--set-param',
          'train.depth=3',
          '-S',
          'train.kind=random forest',
          '-S',
          'other.json:x={y: [true]}',
        ],
      );
      assert.is(exitCode, 0);
      assert.equal(stdout.split('\n').slice(0, 5), [
        'config.yaml: train.C: 1 -> 0.5',
        'config.yaml: features.ngrams: [1, 2] -> [1, 3]',
        'config.yaml: train.depth: (nothing) -> 3',
        'config.yaml: train.kind: svm -> random forest',
        'other.json: x: 1 -> {y: [true]}',
      ]);
      assert.is(
        await p.read('config.yaml'),
        CONFIG.replace('C: 1', 'C: 0.5')
          .replace("'svm'\n", "'random forest'\n  depth: 3\n")
          .replace('[1, 2]', '[1, 3]'),
      );
      assert.is(await p.read('other.json'), '{\n  "x": {"y": [true]}\n}\n');
      assert.is(await p.read('model'), '0.5\n');
      assert.equal((await p.repro()).statuses, { train: 'fresh', words: 'ran', other: 'fresh' });
    }));

  test('each time that it is asked, also where nothing has to run', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const again = ['repro', '-S', 'train.C=1'] as const;
      for (let i = 0; i < 2; i++) {
        const { stdout } = await p.run(...again);
        assert.is(stdout, 'config.yaml: train.C is 1 already\nData and pipelines are up to date.\n');
      }
      await p.write({ 'config.yaml': CONFIG.replace('C: 1', 'C: 2') });
      assert.match((await p.run(...again)).stdout, 'config.yaml: train.C: 2 -> 1\n');
      assert.is(await p.read('config.yaml'), CONFIG);
    }));

  test('in what an alias refers to, and names all that changes', () =>
    withProject({ ...FILES, 'config.yaml': 'base: {C: &c 1}\ntrain: {C: *c}\n' }, async (p) => {
      const { stdout } = await p.run('repro', '--dry', 'train', '-S', 'base.C=2');
      assert.equal(stdout.split('\n').slice(0, 2), [
        'config.yaml: base.C: 1 -> 2 (not written)',
        'config.yaml: train.C: 1 -> 2 (not written)',
      ]);
    }));

  test('through a link, whose file keeps its mode', () =>
    withProject({ ...FILES, 'shared/params.yaml': CONFIG }, async (p) => {
      await p.remove('config.yaml');
      symlinkSync('shared/params.yaml', p.path('config.yaml'));
      chmodSync(p.path('shared/params.yaml'), 0o600);
      await p.repro('-S', 'train.C=7', 'train');
      assert.ok(lstatSync(p.path('config.yaml')).isSymbolicLink());
      assert.is(await p.read('shared/params.yaml'), CONFIG.replace('C: 1', 'C: 7'));
      assert.is(statSync(p.path('shared/params.yaml')).mode & 0o777, 0o600);
    }));

  test('a path is relative to the working directory, the default file is that of the root', () =>
    withProject(
      { ...FILES, 'sub/p.yaml': 'a: 1\n' },
      async (p) => {
        const { stdout } = await p.run('repro', '-q', '-S', 'p.yaml:a=2', '-S', 'train.C=3');
        assert.is(stdout, '');
        assert.is(await p.read('sub/p.yaml'), 'a: 2\n');
        assert.is(await p.read('config.yaml'), CONFIG.replace('C: 1', 'C: 3'));
      },
      { cwd: 'sub' },
    ));

  test('params.yaml in a DVC repository', () =>
    withProject(
      {
        '.dvc/config': '',
        'dvc.yaml': 'stages:\n  a: {cmd: "echo ${lr} > a", params: [lr], outs: [a]}\n',
        'params.yaml': 'lr: 1 # rate\n',
      },
      async (p) => {
        await p.repro('-S', 'lr=2');
        assert.equal([await p.read('params.yaml'), await p.read('a')], ['lr: 2 # rate\n', '2\n']);
      },
    ));
});

suite('repro --dry -S plans as if the params were set, and writes nothing', (test) => {
  table(
    test,
    [
      { name: 'a param that a stage names', setting: 'train.C=2', verdicts: ['run', 'run', 'fresh'] },
      {
        name: 'one that none names, in a file that is a dep',
        setting: 'features.lower=no',
        verdicts: ['fresh', 'run', 'fresh'],
      },
      { name: 'the value that it has', setting: 'train.C=1', verdicts: ['fresh', 'fresh', 'fresh'] },
      { name: 'one in JSON', setting: 'other.json:x=2', verdicts: ['fresh', 'fresh', 'run'] },
    ],
    ({ setting, verdicts }) =>
      withProject(FILES, async (p) => {
        await p.repro();
        const before = filesOf(p.root);
        const planned = await p.repro('--dry', '-S', setting);
        assert.equal(Object.values(planned.verdicts), verdicts);
        assert.equal(filesOf(p.root), before);
        assert.equal(Object.values((await p.repro()).statuses), ['fresh', 'fresh', 'fresh']);
      }),
  );
});
