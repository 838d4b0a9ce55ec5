import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { Scores } from '../../stages/learn/tagger/index.ts';
import { ROOT, withStudy } from '../stages/study-project.ts';
import { note, suite, unless } from '../support/suite.ts';

const DATA = `${ROOT}../shared/data/devops-2017-2019.jsonl.gz`;
const PYTHON = process.env['DVC_LIKE_PYTHON'];

const TRAIN = { from: '2017-02', to: '2018-12' };
const WATCH = { from: '2019-01', to: '2019-12' };

interface Watched {
  readonly total: number;
  readonly byMonth: ReadonlyMap<string, number | null>;
}

/** The recipe is that of `sklearn_recipe.py`, whatever our own defaults are. */
const runStudy = (): Promise<Watched> =>
  withStudy(
    {
      'months.train': TRAIN,
      'months.watch': WATCH,
      'collect.source': 'jsonl',
      'collect.input': 'questions.jsonl.gz',
      'labels.coverage': 0.9,
      'labels.min_support': 1,
      'featurize.blocks': [
        {
          kind: 'tfidf',
          fields: ['title', 'text'],
          sublinear_tf: true,
          min_df: 2,
          stop_words: 'english',
          max_features: 20_000,
        },
      ],
      'train.from': 'config',
      'train.kind': 'linear_svc',
      'train.C': 1,
      'decision.kind': 'fixed',
      'decision.threshold': 0,
      'decision.max_tags': null,
    },
    async (project) => {
      await cp(DATA, project.path('questions.jsonl.gz'));
      const run = await project.run('repro');
      assert.is(run.exitCode, 0, run.stdout + run.stderr);
      const months = Array.from({ length: 12 }, (_, i) => `2019-${String(i + 1).padStart(2, '0')}`);
      const byMonth = new Map<string, number | null>();
      for (const month of months) {
        const scores = JSON.parse(await project.read(`reports/monthly/${month}.json`)) as Scores;
        byMonth.set(month, scores.f1_micro);
      }
      const { f1_micro } = JSON.parse(await project.read('reports/metrics.json')) as {
        readonly f1_micro: number;
      };
      return { total: f1_micro, byMonth };
    },
  );

function runScikitLearn(python: string): Watched {
  const script = `${ROOT}test/interop/sklearn_recipe.py`;
  const months = [TRAIN.from, TRAIN.to, WATCH.from, WATCH.to];
  const output = execFileSync(python, ['-W', 'ignore', script, DATA, ...months], { encoding: 'utf8' });
  const { f1_micro, months: byMonth } = JSON.parse(output) as {
    readonly f1_micro: number;
    readonly months: Readonly<Record<string, number>>;
  };
  return { total: f1_micro, byMonth: new Map(Object.entries(byMonth)) };
}

suite('the whole study runs on real questions', {
  skip: unless(existsSync(DATA), 'no ../shared/data here'),
  timeoutMs: 300_000,
}, (test) => {
  let ours: Watched | undefined;
  test('fitted on 2017-02 to 2018-12, scored on each month of 2019', async () => {
    ours = await runStudy();
    assert.is(ours.byMonth.size, 12);
    assert.ok(ours.total > 0.45 && ours.total < 0.55, String(ours.total));
  });
  test('micro F1 over 2019 is within 0.005 of scikit-learn', {
    skip: unless(PYTHON !== undefined, 'DVC_LIKE_PYTHON names no Python with scikit-learn'),
  }, () => {
    assert.ok(ours !== undefined, 'The study did not run');
    const theirs = runScikitLearn(PYTHON!);
    note('micro F1    ours   scikit-learn');
    for (const [month, f1] of [...ours.byMonth, ['2019', ours.total] as const]) {
      const other = month === '2019' ? theirs.total : theirs.byMonth.get(month);
      note(`${month.padEnd(8)}  ${f1?.toFixed(4) ?? 'none'}   ${other?.toFixed(4) ?? 'none'}`);
    }
    assert.ok(Math.abs(ours.total - theirs.total) <= 0.005, `${ours.total} and ${theirs.total}`);
  });
});
