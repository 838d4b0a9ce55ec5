import * as assert from 'uvu/assert';
import { readVectorizer } from '../../../stages/io/vectorizer-file.ts';
import { suite } from '../../support/suite.ts';
import { withStudy } from '../study-project.ts';

suite('the study runs on components', { timeoutMs: 300_000 }, (test) => {
  for (const kind of ['lsa', 'both'] as const) {
    test(`featurize.kind ${kind}: trained, scored and reproduced`, () =>
      withStudy(
        {
          'months.train': { from: '2021-01', to: '2021-02' },
          'months.watch': { from: '2021-03', to: '2021-03' },
          'train.from': 'config',
          'decision.kind': 'fixed',
          'featurize.kind': kind,
          'featurize.lsa': { n_components: 20, n_iter: 3, seed: 0, normalize: 'l2' },
        },
        async (project) => {
          const run = await project.run('repro', 'monthly@2021-03');
          assert.is(run.exitCode, 0, run.stdout + run.stderr);
          const { lsa } = readVectorizer(project.path('models/supervised/vectorizer.arrays'));
          assert.is(lsa?.components, 20);
          const scores = JSON.parse(await project.read('reports/monthly/2021-03.json')) as {
            readonly precision_at_1: number;
          };
          assert.ok(scores.precision_at_1 > 0.3, `the best tag is right in ${scores.precision_at_1}`);
        },
      ));
  }
});
