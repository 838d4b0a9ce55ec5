import * as assert from 'uvu/assert';
import { type LoggedPrediction, logLine, modelId } from '../../../stages/io/index.ts';
import type { Status } from '../../../stages/monitor/status.ts';
import type { Project } from '../../support/project.ts';
import { suite } from '../../support/suite.ts';
import { replaceIn, withStudy } from '../study-project.ts';

/** Three months, few tags. */
const SMALL = {
  'months.train': { from: '2021-01', to: '2021-02' },
  'months.watch': { from: '2021-03', to: '2021-03' },
  'collect.synthetic.questions_per_month': 150,
  'labels.coverage': 0.5,
  'evaluate.holdout_months': 1,
  'train.from': 'config',
  quality: 'fast',
} as const;

const LOG = 'logs/predictions.jsonl';

suite('monitor reads what a server logged', { timeoutMs: 120_000 }, (test) => {
  test('and says where what is asked differs from training, by the model that stands there', () =>
    withStudy(SMALL, async (project) => {
      assert.is((await project.repro()).exitCode, 0);
      assert.is((await statusOf(project)).served_questions, null);
      assert.not.match(await project.read('reports/monitor/index.html'), 'Questions that were asked');

      await replaceIn(
        project,
        'dvc-like.yaml',
        '    params: [monitor, gates]',
        `      - ${LOG}\n    params: [monitor, gates]`,
      );
      const model = modelId(project.path('models/supervised'));
      await project.write({ [LOG]: linesOf(200, model) + linesOf(7, 'another') });
      const { statuses, exitCode, stderr } = await project.repro();
      assert.is(exitCode, 0, stderr);
      assert.is(statuses['monitor'], 'ran');
      const { status, served_questions, served_columns_drifted } = await statusOf(project);
      assert.equal([status, served_questions, served_columns_drifted], ['watch', 200, 2]);
      const page = await project.read('reports/monitor/index.html');
      assert.match(page, /200 questions that this model answered, 2 of 2 columns drifted/);
      const { served } = JSON.parse(await project.read('reports/monitor/monitor.json')) as {
        readonly served: {
          readonly columns: readonly { readonly column: string; readonly drift: boolean }[];
        };
      };
      const drifted = served.columns.filter(({ drift }) => drift).map(({ column }) => column);
      assert.equal(drifted, ['text_length', 'predicted_tag']);

      await project.write({ [LOG]: linesOf(99, model) });
      assert.is((await project.repro()).exitCode, 0);
      assert.equal((await statusOf(project)).served_columns_drifted, 0);
      assert.match(
        await project.read('reports/monitor/index.html'),
        '99 questions that this model answered, too few to be judged.',
      );
    }));
});

/** Questions of a length that none had in training, given no tag. */
const linesOf = (questions: number, model: string): string =>
  Array.from(
    { length: questions },
    (_, i): LoggedPrediction => ({
      time: '2021-04-01T00:00:00.000Z',
      model,
      columns: { text_length: 50_000 + i },
      tags: [],
      by_name: [],
    }),
  )
    .map(logLine)
    .join('');

const statusOf = async (project: Project): Promise<Status> =>
  JSON.parse(await project.read('reports/monitor/status.json')) as Status;
