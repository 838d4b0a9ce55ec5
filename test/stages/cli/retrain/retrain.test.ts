import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import type { Promotion } from '../../../../stages/cli/retrain/index.ts';
import type { Finished, Project } from '../../../support/project.ts';
import { suite } from '../../../support/suite.ts';
import { withStudy } from '../../study-project.ts';
import { withFakeMlflow } from '../../track/fake-mlflow.ts';

/** Everything drifts in the third month: who has not seen it is worse after it. */
const DRIFTING = {
  'months.train': { from: '2021-01', to: '2021-02' },
  'months.watch': { from: '2021-03', to: '2021-06' },
  'collect.synthetic.questions_per_month': 150,
  'collect.synthetic.drift': { new_tag: 3, vocabulary: 3, frequencies: 3 },
  'labels.coverage': 0.5,
  'evaluate.holdout_months': 1,
  'train.from': 'config',
  quality: 'fast',
} as const;

const SO_TAGGER = fileURLToPath(new URL('../../../../so-tagger.js', import.meta.url));

const soTagger = (project: Project, ...args: readonly string[]): Promise<Finished> =>
  project.exec(process.execPath, SO_TAGGER, ...args);

const promotionOf = (run: Finished): Promotion => {
  assert.is(run.exitCode, 0, run.stdout + run.stderr);
  return JSON.parse(run.stdout) as Promotion;
};

const stateOf = async (project: Project): Promise<readonly string[]> =>
  Promise.all(
    ['config.yaml', 'dvc-like.lock', 'models/supervised/manifest.json'].map((path) => project.read(path)),
  );

suite('so-tagger retrain keeps what is better beyond chance, and nothing else', {
  timeoutMs: 300_000,
}, (test) => {
  test('promoted after a drift, then kept; MLflow and the list of runs say so', () =>
    withFakeMlflow((server) =>
      withStudy(
        DRIFTING,
        async (project) => {
          assert.is((await project.run('repro')).exitCode, 0);
          assert.is(server.aliases.get('so-tagger/champion'), '1');
          const comment = '# by hand\n';
          await project.write({ 'config.yaml': comment + (await project.read('config.yaml')) });
          const first = await stateOf(project);

          const dry = await soTagger(project, 'retrain', '--months', '2', '--dry-run');
          assert.match(dry.stdout, 'train    2021-01 to 2021-02  ->  2021-03 to 2021-04\n');
          assert.match(dry.stderr, /run +train/);
          assert.equal(await stateOf(project), first, 'nothing is changed');

          const promoted = promotionOf(await soTagger(project, 'retrain', '--months', '2', '--json'));
          assert.is(promoted.decision, 'promoted');
          assert.equal(promoted.compared_on, { from: '2021-05', to: '2021-06' });
          assert.ok(promoted.difference!.low > 0);
          assert.equal(promoted.challenger.trained_on, { from: '2021-03', to: '2021-04' });
          const second = await stateOf(project);
          const lines = first[0]!.split('\n');
          assert.equal(
            second[0]!.split('\n').filter((line, i) => line !== lines[i]),
            ['    from: 2021-03', '    to: 2021-04', '    from: 2021-05'],
          );
          assert.is.not(second[2], first[2]);
          assert.is(server.aliases.get('so-tagger/champion'), '2');
          assert.is((await project.repro('--dry')).verdicts['train'], 'fresh');

          const kept = promotionOf(await soTagger(project, 'retrain', '--months', '1', '--json'));
          assert.is(kept.decision, 'kept');
          assert.is(kept.champion.model, promoted.challenger.model);
          assert.ok(kept.difference!.low <= 0);
          assert.equal(await stateOf(project), second, 'the champion is back');
          assert.is(server.aliases.get('so-tagger/champion'), '2');
          assert.is(server.versions.length, 3);

          const decisions = (await project.read('promotions.jsonl')).trimEnd().split('\n');
          assert.equal(
            decisions.map((line) => JSON.parse(line) as unknown),
            [promoted, kept],
          );

          const runs = await soTagger(project, 'runs');
          const rows = runs.stdout.trimEnd().split('\n');
          assert.is(rows.length, 4, runs.stdout);
          assert.match(rows.find((row) => row.endsWith('in place'))!, '2021-03 to 2021-04');

          const last = await soTagger(project, 'retrain', '--months', '2');
          assert.is(last.exitCode, 1);
          assert.match(last.stderr, 'error: There is nothing new to learn from');
        },
        { env: { MLFLOW_TRACKING_URI: server.url } },
      ),
    ));

  test('and says what to do where there is no model yet', () =>
    withStudy(DRIFTING, async (project) => {
      const run = await soTagger(project, 'retrain', '--months', '2');
      assert.is(run.exitCode, 1);
      assert.match(
        run.stderr,
        'error: There is no model in models/supervised\n  = hint: run "dvc-like repro" first\n',
      );
      assert.not.ok(await project.exists('promotions.jsonl'));
    }));

  test('and puts the months back where the pipeline fails', () =>
    withStudy({ ...DRIFTING, 'months.watch': { from: '2021-03', to: '2021-05' } }, async (project) => {
      assert.is((await project.run('repro')).exitCode, 0);
      const before = await stateOf(project);
      // Of 2021-04 nothing can be read any more.
      await project.write({ 'data/clean/2021-04.jsonl': 'no JSON\n' });
      await project.write({
        'stages/clean/stage.ts': "export default () => { throw new Error('broken'); };\n",
      });
      const run = await soTagger(project, 'retrain', '--months', '1');
      assert.is(run.exitCode, 1);
      assert.match(run.stderr, 'error: The pipeline did not make a challenger');
      assert.is(await project.read('config.yaml'), before[0]);
      assert.not.ok(await project.exists('promotions.jsonl'));
    }));
});
