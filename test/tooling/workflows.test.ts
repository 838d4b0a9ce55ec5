import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { withStudy } from '../stages/study-project.ts';
import { ROOT } from '../support/golden-file.ts';
import { type Finished, type Project, withProject } from '../support/project.ts';
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

/** A step of a job, or of our action. */
interface Step {
  readonly name?: string;
  readonly run?: string;
}

interface Steps {
  readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  readonly runs?: { readonly steps: readonly Step[] };
}

const ACTION = 'action.yml';
const MONTHLY = '.github/workflows/monthly.yml';
const DEPLOY = '.github/workflows/deploy.yml';

/** The script of a step. */
async function scriptOf(file: string, name: string): Promise<string> {
  const { jobs = {}, runs } = parse(await readFile(`${ROOT}${file}`, 'utf8')) as Steps;
  const steps = [...Object.values(jobs), ...(runs === undefined ? [] : [runs])].flatMap((each) => each.steps);
  const script = steps.find((step) => step.name === name)?.run;
  if (script === undefined) throw new TypeError(`${file} has no step "${name}"`);
  return script;
}

interface Runner {
  readonly project: Project;
  /** Runs a step as GitHub does. @param environment What `env` of the step would give it. */
  readonly step: (
    file: string,
    name: string,
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Finished>;
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** What a program that is not there was asked for, a line each time. */
  readonly asked: (program: 'gh' | 'npm') => Promise<readonly string[]>;
  /** Takes away all that is not committed, as on a machine that has just cloned it. */
  readonly cloneAnew: () => Promise<void>;
}

/** A project committed in a clone with a remote; `gh` and `npm` note what they are asked for. */
async function runnerIn(project: Project): Promise<Runner> {
  const git: Runner['git'] = async (...args) => {
    const run = await project.exec('git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args);
    assert.is(run.exitCode, 0, run.stderr);
    return run.stdout.trim();
  };
  const noting = (program: string): string =>
    `#!/bin/sh\nprintf '%s\\n' "$*" >> '${project.path(`runner/asked-of-${program}`)}'\n`;
  await symlink(`${ROOT}dist`, project.path('dist'));
  await project.write({
    '.gitignore': '/dist\n/node_modules\n/data/\n/models/\n/reports/\n/runner/\n',
    '.dvc-like/.gitignore': '/cache\n/tmp\n',
    'runner/bin/gh': noting('gh'),
    'runner/bin/npm': noting('npm'),
    'runner/output': '',
    'runner/summary': '',
  });
  for (const program of ['gh', 'npm']) await chmod(project.path(`runner/bin/${program}`), 0o755);
  await git('init', '-q', '-b', 'main');
  await git('init', '-q', '--bare', project.path('runner/origin'));
  await git('remote', 'add', 'origin', project.path('runner/origin'));
  await git('add', '.');
  await git('commit', '-qm', 'Study');
  await git('push', '-q', 'origin', 'main');
  const step: Runner['step'] = async (file, name, environment = {}) => {
    await writeFile(project.path('runner/step'), await scriptOf(file, name));
    const variables = {
      PATH: `${project.path('runner/bin')}:${dirname(process.execPath)}:${process.env['PATH']!}`,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: project.path('runner/output'),
      GITHUB_STEP_SUMMARY: project.path('runner/summary'),
      RUNNER_TEMP: project.path('runner'),
      ...environment,
    };
    const set = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
    return project.exec('env', ...set, 'bash', '-e', '-o', 'pipefail', project.path('runner/step'));
  };
  const asked: Runner['asked'] = async (program) =>
    (await project.read(`runner/asked-of-${program}`)).trimEnd().split('\n');
  const cloneAnew: Runner['cloneAnew'] = async () => {
    await git('clean', '-fdxq', '-e', '/runner', '-e', '/dist', '-e', '/node_modules');
  };
  return { project, step, git, asked, cloneAnew };
}

const onRunner = (body: (runner: Runner) => Promise<void>): Promise<void> =>
  withStudy(SMALL, async (project) => body(await runnerIn(project)));

/** The remote of the pipeline, in its committed config. */
async function addRemote({ project, git }: Runner): Promise<void> {
  const added = await project.run('remote', 'add', '--default', 'up', project.path('runner/remote'));
  assert.is(added.exitCode, 0, added.stderr);
  await git('add', '.dvc-like/config');
}

suite('the steps of the monthly run, as far as they need no GitHub', { timeoutMs: 240_000 }, (test) => {
  test('add the month, and propose it with its report', () =>
    onRunner(async ({ project, step, git, asked }) => {
      assert.is((await project.run('repro')).exitCode, 0);
      await git('add', 'dvc-like.lock');
      await git('commit', '-qm', 'Results');
      await git('push', '-q', 'origin', 'main');

      const scored = await step(MONTHLY, 'Collect the month and score it', { MONTH: '2021-04' });
      assert.is(scored.exitCode, 0, scored.stdout + scored.stderr);
      assert.is(await project.read('runner/output'), 'month=2021-04\n');
      const changed = async (): Promise<string> => git('status', '--porcelain');
      assert.is(await changed(), 'M config.yaml\n M dvc-like.lock');

      const proposing = { MONTH: '2021-04', REPORTS: 'https://example.invalid/reports' };
      const proposed = await step(MONTHLY, 'Propose it, with the report', proposing);
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
      const requests = await asked('gh');
      assert.equal(
        requests.map((line) => line.split(' ').slice(0, 2).join(' ')),
        ['pr create', 'pr comment'],
      );
      assert.match(requests[1]!, /--edit-last --create-if-none$/);

      await git('switch', '-q', 'month-2021-04');
      const again = await step(MONTHLY, 'Propose it, with the report', proposing);
      assert.is(again.exitCode, 0, again.stderr);
      assert.is((await asked('gh')).length, 2, 'nothing is new');
    }));
  test('take the month that is over where none is named', async () => {
    const script = await scriptOf(MONTHLY, 'Collect the month and score it');
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
        const run = await step(DEPLOY, 'Was the last challenger promoted?', { EVENT: event });
        assert.is(run.exitCode, 0, run.stderr);
        assert.is(await project.read('runner/output'), `decision=${decision}\n`);
      }),
  );
});

suite('the deployment has of the study what was committed and pushed', { timeoutMs: 240_000 }, (test) => {
  test('and brings the whole model, nothing else', () =>
    onRunner(async (runner) => {
      const { project, step, git, asked, cloneAnew } = runner;
      assert.is((await project.run('repro', 'train')).exitCode, 0);
      await addRemote(runner);
      await git('add', 'dvc-like.lock');
      await git('commit', '-qm', 'Model');
      const pushed = await project.run('push');
      assert.is(pushed.exitCode, 0, pushed.stderr);
      const manifest = await project.read('models/supervised/manifest.json');
      await cloneAnew();
      assert.not(await project.exists('models'));
      assert.not(await project.exists('.dvc-like/cache'));

      const brought = await step(DEPLOY, 'Bring the model');
      assert.is(brought.exitCode, 0, brought.stdout + brought.stderr);
      assert.equal(await asked('npm'), ['ci']);
      assert.is(await project.read('models/supervised/manifest.json'), manifest);
      assert.not(await project.exists('data'));
      const tagged = await project.exec(
        process.execPath,
        'dist/so-tagger.js',
        'predict',
        '--json',
        '--title',
        'A title',
      );
      assert.is(tagged.exitCode, 0, tagged.stderr);
    }));
});

const PIPELINE = `stages:
  clean:
    cmd: cp in clean
    deps: [in]
    outs: [clean]
  train:
    cmd: cp clean metrics.json
    deps: [clean]
    metrics: [metrics.json]
  other:
    cmd: cp in other
    deps: [in]
    outs: [other]
`;

suite("the action's steps, as far as they need no GitHub", (test) => {
  const QUIET = { TARGETS: '', PULL: 'false' };
  const inPipeline = (body: (runner: Runner) => Promise<void>): Promise<void> =>
    withProject({ 'dvc-like.yaml': PIPELINE, in: '{"f1": 0.5}' }, async (project) =>
      body(await runnerIn(project)),
    );
  const succeeds = async (running: Promise<Finished>): Promise<string> => {
    const { exitCode, stdout, stderr } = await running;
    assert.is(exitCode, 0, stdout + stderr);
    return stdout + stderr;
  };

  test('build it where the action is', () =>
    inPipeline(async ({ step, asked }) => {
      await succeeds(step(ACTION, 'Build dvc-like'));
      assert.equal(await asked('npm'), [`ci --no-audit --no-fund --prefix ${ROOT}`]);
    }));
  table(
    test,
    [
      { name: 'all where no target is named', targets: '', made: ['clean', 'metrics.json', 'other'] },
      { name: 'a target with what it needs', targets: 'train', made: ['clean', 'metrics.json'] },
      { name: 'several', targets: ' clean  other ', made: ['clean', 'other'] },
    ],
    ({ targets, made }) =>
      inPipeline(async ({ project, step }) => {
        await succeeds(step(ACTION, 'Reproduce', { ...QUIET, TARGETS: targets }));
        for (const path of ['clean', 'metrics.json', 'other']) {
          assert.is(await project.exists(path), made.includes(path), path);
        }
      }),
  );
  test('a stage that fails fails the step', () =>
    inPipeline(async ({ project, step }) => {
      await project.remove('in');
      assert.is.not((await step(ACTION, 'Reproduce', QUIET)).exitCode, 0);
    }));
  test('send what was made, and bring it instead of making it', () =>
    inPipeline(async (runner) => {
      const { project, step, git, cloneAnew } = runner;
      await addRemote(runner);
      await succeeds(step(ACTION, 'Reproduce', QUIET));
      await succeeds(step(ACTION, 'Push'));
      await git('add', 'dvc-like.lock');
      await git('commit', '-qm', 'Results');
      await cloneAnew();
      assert.not(await project.exists('.dvc-like/cache'));
      const said = await succeeds(step(ACTION, 'Reproduce', { ...QUIET, PULL: 'true' }));
      assert.not.match(said, /Running stage/);
      assert.is(await project.read('clean'), '{"f1": 0.5}');
    }));
  test('report what changed, and comment it', () =>
    inPipeline(async ({ project, step, git, asked }) => {
      await succeeds(step(ACTION, 'Reproduce', QUIET));
      await git('add', '-A');
      await git('commit', '-qm', 'Results');
      await project.write({ in: '{"f1": 0.75}' });
      await succeeds(step(ACTION, 'Reproduce', QUIET));
      await succeeds(step(ACTION, 'Report', { BASE: 'HEAD' }));
      const path = project.path('runner/dvc-like-report.md');
      assert.is(await project.read('runner/output'), `path=${path}\n`);
      const report = await project.read('runner/dvc-like-report.md');
      assert.match(report, /0\.5 .*0\.75/);
      assert.is(await project.read('runner/summary'), report);
      const comment = { PR: '7', GITHUB_REPOSITORY: 'a/b', REPORT: path };
      await succeeds(step(ACTION, 'Comment on the pull request', comment));
      assert.equal(await asked('gh'), [
        `pr comment 7 --repo a/b --body-file ${path} --edit-last --create-if-none`,
      ]);
    }));
});
