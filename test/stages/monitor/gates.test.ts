import * as assert from 'uvu/assert';
import { suite } from '../../support/suite.ts';
import { configure, withStudy } from '../study-project.ts';

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

const STATUS = 'reports/monitor/status.json';

suite('a gate that is not passed', { timeoutMs: 120_000 }, (test) => {
  test('is told and recorded; with gates.fail it fails the run, whose page is whole and says why', () =>
    withStudy({ ...SMALL, 'gates.f1_micro_below': 0.99 }, async (project) => {
      const told = await project.repro();
      assert.is(told.exitCode, 0, told.stderr);
      const { status, failed_gates } = JSON.parse(await project.read(STATUS)) as {
        readonly status: string;
        readonly failed_gates: string;
      };
      assert.is(status, 'retrain');
      assert.match(failed_gates, /^micro F1 0\.\d{3} is below 0\.99$/);
      const lock = await project.read('dvc-like.lock');

      await configure(project, { 'gates.fail': true });
      const { exitCode, statuses, stdout, stderr } = await project.repro();
      assert.is(exitCode, 1);
      assert.equal([statuses['monitor'], statuses['report']], ['failed', 'fresh']);
      const said = stdout + stderr;
      assert.match(said, `The model has not passed its gates: ${failed_gates}`);
      assert.match(said, 'train it again on later months, or change gates in config.yaml');
      assert.is(await project.read('dvc-like.lock'), lock);
      assert.is((JSON.parse(await project.read(STATUS)) as { readonly status: string }).status, 'retrain');
      assert.match(await project.read('reports/monitor/index.html'), /is below 0\.99[^]*<\/html>\s*$/);
      assert.ok((await project.read('reports/monitor/history.openmetrics')).endsWith('\n# EOF\n'));
      assert.is((await project.repro()).exitCode, 1, 'it is not taken for done');

      await configure(project, { 'gates.f1_micro_below': 0.01 });
      const passed = await project.repro();
      assert.is(passed.exitCode, 0, passed.stderr);
      assert.is(passed.statuses['monitor'], 'ran');
      assert.is(
        (JSON.parse(await project.read(STATUS)) as { readonly failed_gates: string }).failed_gates,
        '',
      );
    }));
});
