import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { type Project, withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const FILES = {
  'dvc-like.yaml': `stages:
  first: {cmd: 'echo from first; cat in > a', deps: [in], outs: [a]}
  each:
    foreach: [x, y]
    do: {cmd: 'echo from \${item}; cat a > out-\${item}', deps: [a], outs: ['out-\${item}']}
  quiet: {cmd: 'cat a > q', deps: [a], outs: [q]}
`,
  in: '1',
};

interface RunJson {
  readonly id: string;
  readonly result: string;
  readonly exitCode: number | null;
  readonly args: readonly string[];
  readonly durationMs: number;
  readonly stages: Readonly<Record<string, number>>;
}

interface RecordJson {
  readonly result: string;
  readonly end: { readonly kind: string; readonly exitCode?: number };
  readonly revision?: string;
  readonly jobs: number;
  readonly unchanged: readonly string[];
  readonly stages: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly outcome: string;
    readonly because: readonly { readonly kind: string; readonly text: string }[];
    readonly needs: readonly string[];
    readonly startMs?: number;
    readonly durationMs?: number;
    readonly cpuMs?: number;
    readonly exitCode?: number;
    readonly errors: readonly string[];
  }[];
}

const runsOf = async (p: Project): Promise<readonly RunJson[]> =>
  (JSON.parse((await p.run('runs', '--json')).stdout) as { runs: RunJson[] }).runs;
const recordOf = async (p: Project, id = 'last'): Promise<RecordJson> =>
  JSON.parse((await p.run('runs', 'show', id, '--json')).stdout) as RecordJson;

suite('each run is recorded', (test) => {
  test('with what its stages did, why, when and what they took', () =>
    withProject(FILES, async (p) => {
      await p.repro('-j2');
      await p.write({ in: '2' });
      await p.repro('-j1');
      const runs = await runsOf(p);
      assert.equal(
        runs.map(({ result, exitCode, stages, args }) => ({ result, exitCode, stages, args })),
        [
          { result: 'done', exitCode: 0, stages: { unchanged: 0, ran: 4 }, args: ['repro', '--json', '-j1'] },
          { result: 'done', exitCode: 0, stages: { unchanged: 0, ran: 4 }, args: ['repro', '--json', '-j2'] },
        ],
      );
      const record = await recordOf(p);
      assert.equal(
        record.stages.map(({ name, verdict, outcome, because, needs, exitCode }) => [
          name,
          verdict,
          outcome,
          because.map(({ kind }) => kind),
          needs,
          exitCode,
        ]),
        [
          ['first', 'run', 'ran', ['dep-changed'], [], 0],
          ['each@x', 'pending', 'ran', ['dep-changed'], ['first'], 0],
          ['each@y', 'pending', 'ran', ['dep-changed'], ['first'], 0],
          ['quiet', 'pending', 'ran', ['dep-changed'], ['first'], 0],
        ],
      );
      let endMs = 0;
      for (const { startMs, durationMs, cpuMs } of record.stages) {
        assert.ok(startMs! >= endMs && durationMs! > 0, 'one after the other');
        assert.ok(cpuMs === undefined || cpuMs >= 0);
        endMs = startMs!;
      }
      assert.equal((await recordOf(p, runs[1]!.id)).jobs, 2);
    }));

  test('not where there was nothing to do', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      for (let i = 0; i < 3; i++) await p.repro();
      assert.is((await runsOf(p)).length, 1);
    }));

  test('what came from the cache, what did not change, what failed and what was skipped', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      for (const out of ['q', 'out-x']) await p.remove(out);
      await p.repro();
      const restored = await recordOf(p);
      assert.equal(
        restored.stages.map(({ name, outcome }) => [name, outcome]),
        [
          ['each@x', 'restored'],
          ['quiet', 'restored'],
        ],
      );
      assert.equal(restored.unchanged, ['first', 'each@y']);

      await p.write({ 'dvc-like.yaml': FILES['dvc-like.yaml'].replace('cat in > a', 'exit 7') });
      assert.is((await p.repro()).exitCode, 1);
      const failed = await recordOf(p);
      assert.is(failed.result, 'failed');
      assert.equal(
        failed.stages.map(({ name, outcome, exitCode, errors }) => [name, outcome, exitCode, errors]),
        [
          ['first', 'failed', 7, ['Stage "first" failed: exit code 7']],
          ['each@x', 'skipped', undefined, []],
          ['each@y', 'skipped', undefined, []],
          ['quiet', 'skipped', undefined, []],
        ],
      );
    }));

  test('with the commit that is checked out', () =>
    withProject(FILES, async (p) => {
      await p.exec('git', 'init', '-q');
      await p.exec('git', 'add', '.');
      await p.exec('git', '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-qm', 'one');
      await p.repro();
      const commit = (await p.exec('git', 'rev-parse', 'HEAD')).stdout.trim();
      assert.is((await recordOf(p)).revision, commit);
      const { stdout } = await p.run('runs', 'show', 'last');
      assert.match(stdout, `Revision: ${commit}`);
    }));

  test('also one that was killed, or interrupted', () =>
    withProject({ 'dvc-like.yaml': 'stages:\n  slow: {cmd: sleep 60}\n' }, async (p) => {
      for (const [signal, result] of [
        ['SIGKILL', 'killed'],
        ['SIGINT', 'interrupted'],
      ] as const) {
        const { child, finished } = p.start('repro');
        for (let found: readonly RunJson[] = []; found[0]?.result !== 'running'; found = await runsOf(p)) {
          await sleep(50);
        }
        child.kill(signal);
        await finished;
        const record = await recordOf(p);
        assert.is(record.result, result);
        assert.is(record.end.kind, signal === 'SIGKILL' ? 'open' : 'ended');
        assert.equal(
          record.stages.map(({ name, outcome }) => [name, outcome]),
          [['slow', signal === 'SIGKILL' ? 'running' : 'cancelled']],
        );
      }
      assert.match((await p.run('runs')).stdout, /interrupted .*\n.*killed /);
    }));
});

suite('runs shows them', (test) => {
  test('as a table, the newest first, as many as are wanted', () =>
    withProject(FILES, async (p) => {
      assert.is((await p.run('runs')).stdout, 'No run is recorded yet\n');
      await p.repro();
      await p.repro('-f');
      const [head, ...rows] = (await p.run('runs')).stdout.trimEnd().split('\n');
      assert.match(head!, /^run +started +took +result +stages$/);
      assert.is(rows.length, 2);
      assert.match(
        rows[0]!,
        /^\d{8}-\d{6}\.\d{3}-[0-9a-f]{4} {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}\S+ m?s +done +4 ran, 0 unchanged$/,
      );
      assert.ok(rows[0]! > rows[1]!);
      assert.equal((await p.run('runs', '-n', '1')).stdout.trimEnd().split('\n').slice(1), [rows[0]]);
    }));

  test('one of them with its timeline', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const { stdout } = await p.run('runs', 'show', 'last');
      assert.match(
        stdout,
        /^Run \S+: done\nStarted: {2}.*\nCommand: {2}dvc-like repro --json\nStages: {3}4 ran, 0 unchanged\n\nstage /,
      );
      assert.match(stdout, /^first +ran +·*█+·* +\S+ m?s .*is not in the lock$/m);
    }));

  table(
    test,
    [
      { name: 'of no run', args: ['show', 'last'], message: 'error[E_UNKNOWN_RUN]: No run is recorded yet' },
      { name: 'no number', args: ['-n', 'x'], message: 'error[E_USAGE]: "-n x" is not a number of runs' },
    ],
    ({ args, message }) =>
      withProject(FILES, async (p) => {
        const { exitCode, stderr } = await p.run('runs', ...args);
        assert.is(exitCode, 2);
        assert.match(stderr, message);
      }),
  );

  test('as a page that holds all it needs', () =>
    withProject(FILES, async (p) => {
      await p.repro();
      const { stdout } = await p.run('runs', 'show', 'last', '--html', 'page.html');
      assert.is(stdout, 'Wrote page.html\n');
      const page = await p.read('page.html');
      assert.ok(page.length < 500_000);
      assert.not.match(page, /(?:src|href)="?(?!data:)[^"#]*:\/\//);
      assert.is((await p.run('runs', 'show', 'last', '--html', '-')).stdout, page);
    }));
});

suite('log prints what a stage wrote when it last ran', (test) => {
  test('of a stage, of a group, of one that wrote nothing', () =>
    withProject(FILES, async (p) => {
      assert.match(
        (await p.run('log', 'first')).stderr,
        'wrote nothing when it last ran, or has not run here yet',
      );
      await p.repro();
      assert.is((await p.run('log', 'first')).stdout, 'from first\n');
      const group = await p.run('log', 'each');
      assert.is(group.stdout, '==> each@x <==\nfrom x\n\n==> each@y <==\nfrom y\n');
      const quiet = await p.run('log', 'quiet');
      assert.is(quiet.stdout, '');
      assert.match(quiet.stderr, "Stage 'quiet' wrote nothing");
      await p.remove('out-x');
      await p.repro();
      assert.is((await p.run('log', 'each@x')).stdout, 'from x\n', 'restoring is not running');
      assert.is((await p.run('log', 'frist')).exitCode, 2);
    }));

  test('also where it failed', () =>
    withProject({ 'dvc-like.yaml': 'stages:\n  a: {cmd: "echo why; exit 1"}\n' }, async (p) => {
      await p.repro();
      assert.is((await p.run('log', 'a')).stdout, 'why\n');
    }));

  test('--log-dir writes all of it where it is told to', () =>
    withProject(FILES, async (p) => {
      await p.repro('--log-dir', 'logs/today');
      assert.is(await p.read('logs/today/first.log'), 'from first\n');
      assert.is(await p.read('logs/today/each@x.log'), 'from x\n');
      assert.not.ok(await p.exists('logs/today/quiet.log'));
    }));

  test('--log-dir that cannot be written to is said, and the run goes on', () =>
    withProject({ ...FILES, taken: '' }, async (p) => {
      const { exitCode, stderr } = await p.repro('--log-dir', 'taken');
      assert.is(exitCode, 0);
      assert.match(stderr, 'Not all output could be logged: ');
    }));
});

suite('a plan says how long it will take, from how long its stages took', (test) => {
  const SLOW = {
    'dvc-like.yaml': `stages:
  a: {cmd: 'sleep 0.3; cat in > a', deps: [in], outs: [a]}
  b: {cmd: 'sleep 0.2; cat a > b', deps: [a], outs: [b]}
`,
    in: '1',
  };
  interface ForecastJson {
    readonly stages: readonly { readonly expectedMs?: number }[];
    readonly forecast: {
      readonly jobs: number;
      readonly expectedMs: number;
      readonly unknown: readonly string[];
      readonly withPending: { readonly expectedMs: number; readonly criticalPath: readonly string[] } | null;
    };
  }

  test('in status and --dry, for people and for scripts', () =>
    withProject(SLOW, async (p) => {
      assert.match(
        (await p.run('status')).stdout,
        /\nExpected: not known yet, the 2 stages were never timed\n$/,
      );
      await p.repro();
      assert.is((await p.run('status')).stdout, 'Data and pipelines are up to date.\n');
      await p.write({ in: '2' });
      assert.match(
        (await p.run('repro', '--dry', '-j2')).stdout,
        /\nExpected: \S+ m?s, up to \S+ m?s if all that is pending runs, with 2 jobs\nCritical path: a -> b \(\S+ m?s\)\n$/,
      );
      const json = JSON.parse((await p.run('status', '--json')).stdout) as ForecastJson;
      const [a, b] = json.stages.map(({ expectedMs }) => expectedMs!);
      assert.ok(a! >= 300 && b! >= 200);
      assert.is(json.forecast.expectedMs, a);
      assert.is(json.forecast.withPending!.expectedMs, a! + b!);
      assert.equal(json.forecast.withPending!.criticalPath, ['a', 'b']);
    }));

  test('in dag --plan', () =>
    withProject(SLOW, async (p) => {
      await p.repro();
      await p.write({ in: '2' });
      assert.not.match((await p.run('dag')).stdout, 'Expected');
      assert.match(
        (await p.run('dag', '--plan')).stdout,
        /\n\+ 1 run {3}\? 1 pending\nExpected: .*\nCritical path: a -> b /,
      );
      const { plan } = JSON.parse((await p.run('dag', '--plan', '--json')).stdout) as {
        readonly plan: ForecastJson;
      };
      assert.equal(plan.forecast.withPending!.criticalPath, ['a', 'b']);
      assert.is((await p.run('dag', '--plan', '--dot')).exitCode, 2);
    }));
});

suite('where nobody watches, each line says when', (test) => {
  test('in CI', () =>
    withProject(
      FILES,
      async (p) => {
        const { stdout } = await p.run('repro', '-j1');
        assert.match(
          stdout,
          /^\[ +\d\.\d s\] Running stage 'first': is not in the lock\n\[ +\d\.\d s\] > echo from first/,
        );
        assert.match(stdout, /\nfrom first\n\[ +\d\.\d s\] Stage 'first' done in /);
      },
      { env: { CI: '1' } },
    ));
});
