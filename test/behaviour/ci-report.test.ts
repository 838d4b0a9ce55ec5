import * as assert from 'uvu/assert';
import { ciReportText } from '../../engine/report/index.ts';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const MANIFEST = `stages:
  clean:
    cmd: cp in clean
    deps: [in]
    outs: [clean]
  train:
    cmd: cp clean model; cp clean metrics.json; cp clean page.html; cp clean plot.csv
    deps: [clean]
    params: [lr]
    outs: [model, page.html]
    metrics: [metrics.json]
    plots: [plot.csv]
  old:
    cmd: cp in gone
    deps: [in]
    outs: [gone]
`;

const NEW_STAGE = `  new:
    cmd: cp in made
    deps: [in]
    outs: [made]
`;

const ENV = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

const NAMES = {
  dvc: { manifest: 'dvc.yaml', params: 'params.yaml', home: '.dvc' },
  native: { manifest: 'dvc-like.yaml', params: 'config.yaml', home: '.dvc-like' },
} as const;

/** A project with a commit on `main`, and another state after it. */
const withHistory = (
  dialect: keyof typeof NAMES,
  body: (project: Project) => Promise<void>,
): Promise<void> => {
  const { manifest, params, home } = NAMES[dialect];
  return withProject(
    {
      [`${home}/config`]: '',
      [`${home}/.gitignore`]: '/cache\n/tmp\n',
      [manifest]: MANIFEST,
      [params]: 'lr: 0.1\n',
      in: '{"f1": 0.5, "n": 10}',
    },
    async (project) => {
      await project.exec('git', 'init', '-q', '-b', 'main');
      await project.run('repro');
      await project.exec('git', 'add', '-A');
      await project.exec('git', 'commit', '-q', '-m', 'first');
      await project.write({
        [manifest]: MANIFEST.slice(0, MANIFEST.indexOf('  old:')) + NEW_STAGE,
        [params]: 'lr: 0.25\n',
        in: '{"f1": 0.75, "n": 10}',
      });
      await project.run('repro');
      await body(project);
    },
    { env: ENV },
  );
};

const column = (title: string, { length }: string): string => title.padEnd(length);

const report = (params: string): string => `<!-- dvc-like ci-report -->
## Pipeline report

Against \`main\`: 4 stages, 1 metric, 1 param changed.

### Metrics

| Path         | Metric | main | now  | Change |
| ------------ | ------ | ---- | ---- | ------ |
| metrics.json | f1     | 0.5  | 0.75 | +0.25 |

### Params

| ${column('Path', params)} | Param | main | now  | Change |
| ${'-'.repeat(params.length)} | ----- | ---- | ---- | ------ |
| ${params} | lr    | 0.1  | 0.25 | +0.15 |

<details><summary>Stages: 4 changed</summary>

| Stage   | What changed |
| ------- | ------------ |
| \`clean\` | dep in changed (8b66723e -> 3c81ed20)<br>made another clean |
| \`train\` | dep clean changed (8b66723e -> 3c81ed20)<br>param lr changed from 0.1 to 0.25 (${params})<br>made another metrics.json<br>made another model<br>made another page.html<br>made another plot.csv |
| \`new\`   | is new |
| \`old\`   | is gone |

</details>

<details><summary>Pages and plots: 2</summary>

- [page.html](<https://ci.test/run 1/page.html>)
- [plot.csv](<https://ci.test/run 1/plot.csv>)

Side by side: \`dvc-like plots diff main\`

</details>
`;

/** The padding of the column of changes says nothing. */
const tidied = (text: string): string =>
  text.replaceAll(/ +\|$/gm, ' |').replaceAll(/-{12,} \|$/gm, '------------ |');

suite('ci-report writes what a branch did to the results', (test) => {
  for (const [dialect, { params }] of Object.entries(NAMES)) {
    test(`as a comment: ${dialect}`, () =>
      withHistory(dialect as keyof typeof NAMES, async (project) => {
        const run = await project.run('ci-report', '--url', 'https://ci.test/run 1/');
        assert.is(run.exitCode, 0, run.stderr);
        assert.fixture(tidied(run.stdout), report(params));
        await project.run('ci-report', '-o', 'report.md', '--url', 'https://ci.test/run 1/');
        assert.is(await project.read('report.md'), run.stdout);
      }));
  }

  test('from a clone that has no data: by the locks', () =>
    withHistory('native', async (project) => {
      await project.remove('.dvc-like/cache');
      await project.remove('metrics.json');
      const { stdout, exitCode } = await project.run('ci-report', '--base', 'main');
      assert.is(exitCode, 0);
      assert.match(stdout, 'Against `main`: 4 stages, 0 metrics, 1 param changed');
      assert.match(stdout, '> - "metrics.json" of main is not in the cache');
      assert.match(stdout, '- `page.html`');
    }));

  test('and that there is nothing', () =>
    withHistory('dvc', async (project) => {
      await project.exec('git', 'add', '-A');
      await project.exec('git', 'commit', '-q', '-m', 'second');
      const { stdout } = await project.run('ci-report');
      assert.match(stdout, 'Nothing differs from `main`: the same stages, params and metrics.\n');
    }));

  test('and says which revision there is not', () =>
    withHistory('native', async (project) => {
      const { stderr, exitCode } = await project.run('ci-report', '--base', 'nowhere');
      assert.is.not(exitCode, 0);
      assert.match(stderr, 'nowhere');
    }));
});

suite('ciReportText() keeps to what a comment can be', (test) => {
  const none = { header: ['Path', 'Metric', 'main', 'now', 'Change'], rows: [] };
  const text = (report: Partial<Parameters<typeof ciReportText>[0]>): string =>
    ciReportText({
      base: 'main',
      metrics: none,
      params: none,
      stages: [],
      pages: [],
      problems: [],
      ...report,
    });

  test('many rows are folded away, more than there is room for left out', () => {
    const row = ['reports/metrics.json', 'f1', '0.1', '0.2', '0.1'];
    const rows = (length: number): string[][] => Array.from({ length }, () => row);
    assert.match(text({ metrics: { ...none, rows: rows(21) } }), '<summary>Metrics: 21 changed</summary>');
    const long = text({ metrics: { ...none, rows: rows(5000) }, params: { ...none, rows: rows(2) } });
    assert.ok(long.length < 65_536);
    assert.match(long, '1 part left out');
    assert.match(long, '### Params');
  });

  test('names of strangers are only names', () => {
    const stage = {
      label: 'a`b<img>',
      kind: 'changed',
      changes: ['param x changed from "<b>" to "@team"\n# y'],
    } as const;
    const said = text({ stages: [stage], problems: ['no\n## heading'] });
    assert.not.match(said, '<b>');
    assert.not.match(said, '@team');
    assert.not.match(said, /^#+ (?:y|heading)/m);
  });
});
