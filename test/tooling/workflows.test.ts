import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { withStudy } from '../stages/study-project.ts';
import { ROOT } from '../support/golden-file.ts';
import type { Finished, Project } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

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

interface Step {
  readonly name?: string;
  readonly run?: string;
}

/** The script of a step. */
async function scriptOf(workflow: string, name: string): Promise<string> {
  const { jobs } = parse(await readFile(`${ROOT}.github/workflows/${workflow}`, 'utf8')) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const script = steps.find((step) => step.name === name)?.run;
  if (script === undefined) throw new TypeError(`${workflow} has no step "${name}"`);
  return script;
}

interface Runner {
  readonly project: Project;
  /** Runs a step as GitHub does. @param environment What `env` of the step would give it. */
  readonly step: (
    workflow: string,
    name: string,
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Finished>;
  readonly git: (...args: readonly string[]) => Promise<string>;
}

/** The study committed in a clone with a remote; `gh` notes what it is asked for. */
const onRunner = (body: (runner: Runner) => Promise<void>): Promise<void> =>
  withStudy(SMALL, async (project) => {
    const git: Runner['git'] = async (...args) => {
      const run = await project.exec('git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args);
      assert.is(run.exitCode, 0, run.stderr);
      return run.stdout.trim();
    };
    await symlink(`${ROOT}dist`, project.path('dist'));
    await project.write({
      '.gitignore': '/dist\n/node_modules\n/data/\n/models/\n/reports/\n/runner/\n.dvc-like/\n',
      'runner/bin/gh': `#!/bin/sh\nprintf '%s\\n' "$*" >> '${project.path('runner/gh')}'\n`,
      'runner/output': '',
      'runner/summary': '',
    });
    await chmod(project.path('runner/bin/gh'), 0o755);
    await git('init', '-q', '-b', 'main');
    await git('init', '-q', '--bare', project.path('runner/origin'));
    await git('remote', 'add', 'origin', project.path('runner/origin'));
    await git('add', '.');
    await git('commit', '-qm', 'Study');
    await git('push', '-q', 'origin', 'main');
    const step: Runner['step'] = async (workflow, name, environment = {}) => {
      await writeFile(project.path('runner/step'), await scriptOf(workflow, name));
      const variables = {
        PATH: `${project.path('runner/bin')}:${dirname(process.execPath)}:${process.env['PATH']!}`,
        GITHUB_OUTPUT: project.path('runner/output'),
        GITHUB_STEP_SUMMARY: project.path('runner/summary'),
        RUNNER_TEMP: project.path('runner'),
        ...environment,
      };
      const set = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
      return project.exec('env', ...set, 'bash', '-e', project.path('runner/step'));
    };
    await body({ project, step, git });
  });

suite('the steps of the monthly run, as far as they need no GitHub', { timeoutMs: 240_000 }, (test) => {
  test('add the month, and propose it with its report', () =>
    onRunner(async ({ project, step, git }) => {
      assert.is((await project.run('repro')).exitCode, 0);
      await git('add', 'dvc-like.lock');
      await git('commit', '-qm', 'Results');
      await git('push', '-q', 'origin', 'main');

      const scored = await step('monthly.yml', 'Collect the month and score it', { MONTH: '2021-04' });
      assert.is(scored.exitCode, 0, scored.stdout + scored.stderr);
      assert.is(await project.read('runner/output'), 'month=2021-04\n');
      const changed = async (): Promise<string> => git('status', '--porcelain');
      assert.is(await changed(), 'M config.yaml\n M dvc-like.lock');

      const proposing = { MONTH: '2021-04', REPORTS: 'https://example.invalid/reports' };
      const proposed = await step('monthly.yml', 'Propose it, with the report', proposing);
      assert.is(proposed.exitCode, 0, proposed.stdout + proposed.stderr);
      assert.is(await changed(), '');
      assert.is(await git('log', '--format=%s', 'main..origin/month-2021-04'), 'Watch 2021-04');
      assert.is(
        await git('diff', '--name-only', 'main', 'origin/month-2021-04'),
        'config.yaml\ndvc-like.lock',
      );
      const report = await project.read('runner/report.md');
      assert.match(report, '2021-04');
      assert.match(report, 'reports/metrics.json');
      assert.match(report, '[Pages of the report](https://example.invalid/reports)');
      assert.is(await project.read('runner/summary'), report);
      const asked = (await project.read('runner/gh')).trimEnd().split('\n');
      assert.equal(
        asked.map((line) => line.split(' ').slice(0, 2).join(' ')),
        ['pr create', 'pr comment'],
      );
      assert.match(asked[1]!, /--edit-last --create-if-none$/);

      await git('switch', '-q', 'month-2021-04');
      const again = await step('monthly.yml', 'Propose it, with the report', proposing);
      assert.is(again.exitCode, 0, again.stderr);
      assert.is((await project.read('runner/gh')).trimEnd().split('\n').length, 2, 'nothing is new');
    }));
  test('take the month that is over where none is named', async () => {
    const script = await scriptOf('monthly.yml', 'Collect the month and score it');
    assert.match(script, /^month=\$\{MONTH:-\$\(date -u -d "\$\(date -u \+%Y-%m-01\) -1 day" \+%Y-%m\)\}$/m);
  });
});

suite('the deployment asks what was decided last', (test) => {
  table(
    test,
    [
      { name: 'promoted', event: 'push', lines: ['kept', 'promoted'], decision: 'promoted' },
      { name: 'kept', event: 'push', lines: ['promoted', 'kept'], decision: 'kept' },
      { name: 'by hand: whatever it was', event: 'workflow_dispatch', lines: ['kept'], decision: 'promoted' },
    ],
    ({ event, lines, decision }) =>
      onRunner(async ({ project, step }) => {
        await mkdir(project.path('runner'), { recursive: true });
        await project.write({
          'promotions.jsonl': lines.map((each) => `${JSON.stringify({ decision: each })}\n`).join(''),
        });
        const run = await step('deploy.yml', 'Was the last challenger promoted?', { EVENT: event });
        assert.is(run.exitCode, 0, run.stderr);
        assert.is(await project.read('runner/output'), `decision=${decision}\n`);
      }),
  );
});
