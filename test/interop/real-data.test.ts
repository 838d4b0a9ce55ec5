import { cp } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { Scores } from '../../stages/learn/tagger/index.ts';
import { withStudy } from '../stages/study-project.ts';
import { note, suite } from '../support/suite.ts';
import { DATA, noData, noScikitLearn, ON_REAL_DATA, runScikitLearn, WATCHED_MONTHS } from './scikit-learn.ts';

interface Watched {
  readonly total: number;
  readonly byMonth: ReadonlyMap<string, number | null>;
}

/** The recipe is that of `sklearn_recipe.py`, whatever our own defaults are. */
const runStudy = (): Promise<Watched> =>
  withStudy(
    {
      ...ON_REAL_DATA,
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
      'decision.calibration': null,
      quality: 'fast',
    },
    async (project) => {
      await cp(DATA, project.path('questions.jsonl.gz'));
      const run = await project.run('repro');
      assert.is(run.exitCode, 0, run.stdout + run.stderr);
      const byMonth = new Map<string, number | null>();
      for (const month of WATCHED_MONTHS) {
        const scores = JSON.parse(await project.read(`reports/monthly/${month}.json`)) as Scores;
        byMonth.set(month, scores.f1_micro);
      }
      const { f1_micro } = JSON.parse(await project.read('reports/metrics.json')) as {
        readonly f1_micro: number;
      };
      return { total: f1_micro, byMonth };
    },
  );

suite('the whole study runs on real questions', { skip: noData, timeoutMs: 300_000 }, (test) => {
  let ours: Watched | undefined;
  test('fitted on 2017-02 to 2018-12, scored on each month of 2019', async () => {
    ours = await runStudy();
    assert.is(ours.byMonth.size, 12);
    assert.ok(ours.total > 0.45 && ours.total < 0.55, String(ours.total));
  });
  test('micro F1 over 2019 is within 0.005 of scikit-learn', { skip: noScikitLearn }, () => {
    assert.ok(ours !== undefined, 'The study did not run');
    const theirs = runScikitLearn();
    note('micro F1    ours   scikit-learn');
    for (const [month, f1] of [...ours.byMonth, ['2019', ours.total] as const]) {
      const other = month === '2019' ? theirs : theirs.months[month];
      note(`${month.padEnd(8)}  ${f1?.toFixed(4) ?? 'none'}   ${other?.f1_micro.toFixed(4) ?? 'none'}`);
    }
    assert.ok(Math.abs(ours.total - theirs.f1_micro) <= 0.005, `${ours.total} and ${theirs.f1_micro}`);
  });
});
