import { readFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { Project, Repro } from '../support/project.ts';
import { suite } from '../support/suite.ts';
import { configure, replaceIn, withStudy } from './study-project.ts';

/** Four months, few tags: seconds instead of a minute. */
const SMALL = {
  'months.train': { from: '2021-01', to: '2021-02' },
  'months.watch': { from: '2021-03', to: '2021-04' },
  'collect.synthetic.questions_per_month': 150,
  'labels.coverage': 0.5,
  'evaluate.holdout_months': 1,
  'train.from': 'config',
} as const;

const NAMES = [
  'clean@2021-01',
  'clean@2021-02',
  'clean@2021-03',
  'clean@2021-04',
  'collect@2021-01',
  'collect@2021-02',
  'collect@2021-03',
  'collect@2021-04',
  'evaluate',
  'featurize',
  'labels',
  'monitor',
  'monthly@2021-03',
  'monthly@2021-04',
  'report',
  'search',
  'split',
  'track',
  'train',
  'truth',
];

const AFTER_TRAIN = [
  'evaluate',
  'monitor',
  'monthly@2021-03',
  'monthly@2021-04',
  'report',
  'search',
  'track',
  'train',
];

/** It has no outs that could be restored. */
const TRACKED = ['track'];

/** The stages with one of these outcomes, by name. */
const stagesThat = ({ statuses }: Repro, ...outcomes: readonly string[]): readonly string[] =>
  Object.entries(statuses)
    .filter(([, status]) => outcomes.includes(status))
    .map(([name]) => name)
    .sort();

async function reproduce(project: Project, ...args: readonly string[]): Promise<Repro> {
  const repro = await project.repro(...args);
  assert.is(repro.exitCode, 0, repro.stdout + repro.stderr);
  return repro;
}

suite('the study runs what a change touches, and nothing else', { timeoutMs: 300_000 }, (test) => {
  test('first everything, then nothing, then by the change', () =>
    withStudy(SMALL, async (project) => {
      assert.equal(stagesThat(await reproduce(project), 'ran'), NAMES, 'at first all of it');
      assert.equal(stagesThat(await reproduce(project), 'ran', 'restored'), [], 'a second time nothing');
      const lock = await project.read('dvc-like.lock');

      await configure(project, { 'train.C': 0.5 });
      assert.equal(stagesThat(await reproduce(project), 'ran'), AFTER_TRAIN, 'train.C changed');
      await configure(project, { 'train.C': 0.35 });
      const back = await reproduce(project);
      assert.equal(stagesThat(back, 'ran'), TRACKED, 'train.C as it was');
      assert.equal(
        stagesThat(back, 'restored'),
        AFTER_TRAIN.filter((name) => name !== 'track'),
        'train.C as it was',
      );

      await configure(project, { 'months.watch': { from: '2021-03', to: '2021-05' } });
      const added = [
        'clean@2021-05',
        'collect@2021-05',
        'monitor',
        'monthly@2021-05',
        'report',
        'split',
        'track',
      ];
      assert.equal(stagesThat(await reproduce(project), 'ran'), added, 'a month added');
      await configure(project, { 'months.watch': SMALL['months.watch'] });
      await reproduce(project);

      await replaceIn(
        project,
        'stages/learn/html/html-to-text.ts',
        'const text: string[]',
        '// A comment.\nconst text: string[]',
      );
      await replaceIn(project, 'stages/learn/text/domain.ts', 'const SYMBOL', '// A comment.\nconst SYMBOL');
      assert.equal(stagesThat(await reproduce(project), 'ran', 'restored'), [], 'a comment edited');

      await replaceIn(
        project,
        'stages/learn/linear/block-problem.ts',
        'solution: Solution): LinearFit {\n',
        "solution: Solution): LinearFit {\n  if (problem.columns < 0) throw new RangeError('No such matrix');\n",
      );
      const { verdicts } = await reproduce(project);
      for (const name of NAMES) {
        const wanted = /^(truth|split|collect|clean|labels|featurize)/.test(name)
          ? ['fresh']
          : ['run', 'pending', 'fresh'];
        assert.ok(wanted.includes(verdicts[name] ?? 'fresh'), `${name}: ${verdicts[name] ?? 'none'}`);
      }
      assert.is(verdicts['train'], 'run', 'learn/linear edited');

      await project.remove('models');
      await project.remove('reports');
      assert.is((await project.run('checkout')).exitCode, 0);
      assert.match(await project.read('reports/index.html'), 'Synthetic data');
      assert.ok(await project.exists('models/supervised/manifest.json'));

      const before = await project.read('dvc-like.lock');
      await project.remove('dvc-like.lock');
      assert.equal(stagesThat(await reproduce(project), 'ran'), TRACKED, 'the lock deleted');
      assert.is(await project.read('dvc-like.lock'), before);
      assert.not.equal(before, lock, 'the code of train is another');
    }));

  test('with boosted trees as the second stage', () =>
    withStudy(
      { ...SMALL, 'second_stage.kind': 'boosted_trees', 'second_stage.classifiers': [] },
      async (project) => {
        await reproduce(project);
        const manifest = await project.read('models/supervised/manifest.json');
        assert.match(manifest, '"kind": "boosted_trees"');
        const { f1_micro } = JSON.parse(await project.read('reports/metrics.json')) as { f1_micro: number };
        assert.ok(f1_micro > 0.5, `${f1_micro}`);
      },
    ));

  test('lock and results are the same for one job and for four', async () => {
    const made = (jobs: string): Promise<readonly string[]> =>
      withStudy({ ...SMALL, 'train.from': 'search', 'search.n_iter': 2 }, async (project) => {
        await reproduce(project, '-j', jobs);
        const outs = [
          'dvc-like.lock',
          'models/search.json',
          'reports/report.json',
          'models/supervised/manifest.json',
        ];
        return Promise.all(outs.map((path) => project.read(path)));
      });
    assert.equal(await made('4'), await made('1'));
  });
});

suite('the study says what is wrong with its parameters', { timeoutMs: 120_000 }, (test) => {
  test('of a wrong type: in config.yaml, before anything runs', () =>
    withStudy({ ...SMALL, 'train.C': 'large' }, async (project) => {
      const run = await project.run('repro');
      assert.is.not(run.exitCode, 0);
      assert.match(run.stderr, /config\.yaml:\d+:\d+/);
      assert.match(run.stderr, 'train.C');
      assert.not.ok(await project.exists('data'));
    }));
  test('a source that is a file, and still the synthetic input', () =>
    withStudy({ ...SMALL, 'collect.source': 'jsonl' }, async (project) => {
      const run = await project.run('repro', 'collect@2021-01');
      assert.is(run.exitCode, 1);
      assert.match(run.stdout + run.stderr, 'collect.input must be JSON Lines');
    }));
  test('rows that cannot be used are named, counted and skipped', () =>
    withStudy(
      { ...SMALL, 'collect.source': 'jsonl', 'collect.input': 'q.jsonl', 'collect.max_bad_share': 0.5 },
      async (project) => {
        const row = {
          id: 1,
          title: 'T',
          body: '<p>B</p>',
          tags: ['a'],
          creationDate: '2021-01-05T00:00:00Z',
        };
        await project.write({
          'q.jsonl': `${JSON.stringify(row)}\n{"id":\n${JSON.stringify({ ...row, id: 2 })}\n`,
        });
        const run = await project.run('repro', 'collect@2021-01');
        assert.is(run.exitCode, 0, run.stdout + run.stderr);
        assert.match(run.stdout + run.stderr, 'Line 2 is left out: it is not JSON');
        const counts = JSON.parse(await readFile(project.path('data/source/counts.json'), 'utf8')) as {
          refusedRows: number;
        };
        assert.is(counts.refusedRows, 1);
      },
    ));
});

suite('the study reads a file of many months once', { timeoutMs: 300_000 }, (test) => {
  const row = (id: number, month: string): string =>
    `  <row Id="${id}" PostTypeId="1" CreationDate="${month}-05T00:00:00.123" Title="T" Body="B" Tags="|a|" />`;
  const dump = (...months: readonly string[]): string =>
    `<?xml version="1.0"?>\n<posts>\n${months.map((month, i) => row(i + 1, month)).join('\n')}\n</posts>`;
  const parameters = {
    ...SMALL,
    'collect.source': 'dump',
    'collect.input': 'Posts.xml',
    'collect.dump.site': 'x.test',
  };
  const months = (...numbers: readonly number[]): readonly string[] =>
    numbers.map((number) => `clean@2021-0${number}`);

  test('and another month re-runs no other', () =>
    withStudy(parameters, async (project) => {
      await project.write({ 'Posts.xml': dump('2021-04', '2021-01', '2021-03', '2021-05') });
      const first = await reproduce(project, ...months(1, 2, 3, 4));
      const split = [1, 2, 3, 4]
        .flatMap((number) => [`clean@2021-0${number}`, `collect@2021-0${number}`])
        .sort();
      assert.equal(stagesThat(first, 'ran'), [...split, 'split', 'truth']);
      assert.match(first.stdout + first.stderr, 'No questions in 2021-02');
      assert.match(await project.read('data/raw/2021-01.jsonl'), '"link":"https://x.test/q/2"');

      await configure(project, { 'months.watch': { from: '2021-03', to: '2021-05' } });
      const added = ['clean@2021-05', 'collect@2021-05', 'split'];
      assert.equal(
        stagesThat(await reproduce(project, ...months(1, 2, 3, 4, 5)), 'ran'),
        added,
        'a month added',
      );

      await project.write({ 'Posts.xml': dump('2021-04', '2021-01', '2021-03', '2021-05', '2021-03') });
      const changed = ['clean@2021-03', 'collect@2021-03', 'split'];
      assert.equal(
        stagesThat(await reproduce(project, ...months(1, 2, 3, 4, 5)), 'ran'),
        changed,
        'a question added',
      );

      await configure(project, { 'collect.max_bad_share': 0.5 });
      const looked = stagesThat(await reproduce(project, ...months(1, 2, 3, 4, 5)), 'ran');
      assert.equal(
        looked.filter((name) => name.startsWith('clean')),
        [],
        'a larger share allowed',
      );
    }));
  test('and says so when no month has a question', () =>
    withStudy(parameters, async (project) => {
      await project.write({ 'Posts.xml': dump('2019-04', '2019-06') });
      const run = await project.run('repro', 'collect@2021-01');
      assert.is(run.exitCode, 1);
      assert.match(run.stdout + run.stderr, 'has no question of 2021-01 to 2021-04');
      assert.match(run.stdout + run.stderr, 'its questions are of 2019-04 to 2019-06');
    }));
});
