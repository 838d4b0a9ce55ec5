import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readRuns } from '../../../stages/track/local-store.ts';
import { suite, table } from '../../support/suite.ts';
import { type FakeMlflow, type Fault, withFakeMlflow } from './fake-mlflow.ts';
import { type TrackedProject, withResults } from './results.ts';

const environmentOf = ({ url }: FakeMlflow): Record<string, string> => ({ MLFLOW_TRACKING_URI: url });

const withServer = (body: (server: FakeMlflow, project: TrackedProject) => Promise<void>): Promise<void> =>
  withFakeMlflow((server) => withResults((project) => body(server, project)));

const waiting = ({ home }: TrackedProject): readonly string[] => {
  const directory = join(home, 'tmp/dvc-like/tracking');
  return existsSync(directory) ? readdirSync(directory) : [];
};

/** Everything that the server has, in a form to compare. */
const contentOf = ({ runs, experiments, versions, aliases, artifacts }: FakeMlflow): unknown => ({
  experiments: [...experiments],
  runs: [...runs.values()].map(({ name, status, tags, params, metrics, datasets, models }) => ({
    name,
    status,
    tags: [...tags],
    params: [...params],
    metrics: [...metrics.keys()],
    datasets: [...datasets.keys()],
    models: [...models],
  })),
  versions: versions.map(({ name, version, tags }) => ({ name, version, tags })),
  aliases: [...aliases],
  artifacts: [...artifacts.keys()].sort(),
});

suite('track tells MLflow', (test) => {
  test('the run, its candidates, datasets, artifacts and model', () =>
    withServer(async (server, project) => {
      const log = await project.track(environmentOf(server));
      assert.match(log.join('\n'), `Told MLflow at ${server.url}`);
      assert.equal(waiting(project), []);
      const [run, ...nested] = server.runs.values();
      assert.is(run!.status, 'FINISHED');
      assert.is(run!.params.get('train.C'), '0.5');
      assert.is(run!.params.get('train.class_weight'), 'null');
      assert.is(run!.params.get('featurize.blocks.0.fields'), 'title, text');
      assert.is(run!.params.get('months.train.from'), '2021-01');
      const metrics = [...run!.metrics.values()];
      const values = (key: string): unknown =>
        metrics.filter((metric) => metric.key === key).map(({ value }) => value);
      assert.equal(values('f1_micro'), [0.7]);
      assert.equal(values('worst'), ['NaN'], 'a number without a meaning');
      assert.equal(values('evaluate/f1_micro'), [0.72]);
      assert.equal(values('f1/c_sharp'), [0.5]);
      assert.equal(values('f1/c_plus_plus'), [0.25]);
      assert.equal(
        metrics
          .filter(({ key }) => key === 'monthly/f1_micro')
          .map(({ step, timestamp }) => [step, timestamp]),
        [
          [202105, Date.UTC(2021, 4)],
          [202106, Date.UTC(2021, 5)],
        ],
      );
      assert.equal(
        nested.map(({ name, status, params }) => [name, status, [...params]]),
        [
          [
            'candidate 0',
            'FINISHED',
            [
              ['C', '4.5'],
              ['class_weight', 'balanced'],
            ],
          ],
          [
            'candidate 1',
            'FINISHED',
            [
              ['C', '0.5'],
              ['class_weight', 'null'],
            ],
          ],
        ],
      );
      assert.ok(nested.every(({ tags }) => tags.get('mlflow.parentRunId') === run!.id));
      // What `md5sum` says, and the lock has.
      assert.equal(
        [...run!.datasets.keys()],
        [
          'data/clean/2021-01.jsonl cee4c523a79b07b56baf8c075ec77da5',
          'data/clean/2021-05.jsonl 8a80554c91d9fca8acb82f023de02f11',
        ],
      );
      assert.equal([...server.artifacts.keys()].sort(), [
        '1/models/m-1/artifacts/MLmodel',
        '1/models/m-1/artifacts/classifier.arrays',
        '1/models/m-1/artifacts/labels.json',
        '1/models/m-1/artifacts/manifest.json',
        '1/run1/artifacts/candidates.csv',
        '1/run1/artifacts/index.html',
        '1/run1/artifacts/manifest.json',
        '1/run1/artifacts/names.json',
      ]);
      assert.equal(JSON.parse(server.artifacts.get('1/run1/artifacts/names.json')!.toString()), {
        'f1/c_plus_plus': 'f1/c++',
        'f1/c_sharp': 'f1/c#',
      });
      assert.equal(
        server.models.map(({ status }) => status),
        ['LOGGED_MODEL_READY'],
      );
      assert.is(server.aliases.get('tagger/champion'), '1');
    }));

  test('the same results once, and a model once however many results it has', () =>
    withServer(async (server, project) => {
      await project.track(environmentOf(server));
      const before = contentOf(server);
      const log = await project.track(environmentOf(server), { nowMs: 5e12 });
      assert.match(log.join('\n'), 'Tracked before');
      assert.equal(contentOf(server), before);
      assert.is(readRuns(project.home).length, 1);

      project.write({ 'reports/monthly/2021-06.json': '{"f1_micro": 0.5}\n' });
      await project.track(environmentOf(server));
      assert.is([...server.runs.values()].filter(({ tags }) => !tags.has('mlflow.parentRunId')).length, 2);
      assert.is(server.versions.length, 1);
      assert.is(readRuns(project.home).length, 2);
    }));

  table<{
    readonly name: string;
    readonly environment: Record<string, string>;
    readonly sent: string | undefined;
  }>(
    test,
    [
      { name: 'without a name', environment: {}, sent: undefined },
      {
        name: 'with user and password',
        environment: {
          MLFLOW_TRACKING_USERNAME: 'me',
          MLFLOW_TRACKING_PASSWORD: 'ä:b',
          MLFLOW_TRACKING_TOKEN: 't',
        },
        sent: `Basic ${Buffer.from('me:ä:b').toString('base64')}`,
      },
      { name: 'with a token', environment: { MLFLOW_TRACKING_TOKEN: 't0ken' }, sent: 'Bearer t0ken' },
    ],
    ({ environment, sent }) =>
      withServer(async (server, project) => {
        await project.track({ ...environmentOf(server), ...environment });
        assert.equal([...new Set(server.asked.map(({ authorization }) => authorization))], [sent]);
      }),
  );

  test('with user and password of the address, which no line shows', () =>
    withServer(async (server, project) => {
      const log = await project.track({ MLFLOW_TRACKING_URI: server.url.replace('//', '//me:s3cret@') });
      assert.is(server.asked[0]!.authorization, `Basic ${Buffer.from('me:s3cret').toString('base64')}`);
      assert.not.match(log.join('\n'), 's3cret');
    }));
});

suite('track keeps within the limits of a request', (test) => {
  test('of values, of bytes, of names', () =>
    withServer(async (server, project) => {
      const tags = Array.from({ length: 2500 }, (_, i) => `${'long-'.repeat(60)}${i},true,9,0.5`);
      project.write({ 'reports/tags.csv': `tag,known,support,f1\n${tags.join('\n')}\n` });
      await project.track(environmentOf(server));
      const [run] = server.runs.values();
      assert.is([...run!.metrics.values()].filter(({ key }) => key.startsWith('f1/')).length, 2500);
      const batches = server.asked.filter(({ path }) => path === 'runs/log-batch');
      assert.ok(batches.every(({ bytes }) => bytes < 1_000_000));
      assert.ok(batches.length >= 3);
    }));
});

suite('track goes on whatever the server does', { timeoutMs: 30_000 }, (test) => {
  const passing: readonly { readonly name: string; readonly fault: Fault }[] = [
    { name: 'an error inside of it', fault: { status: 500 } },
    { name: 'too many requests', fault: { status: 429, retryAfter: '1' } },
    { name: 'a gateway without a server', fault: { status: 502 } },
    { name: 'a lost connection', fault: 'reset' },
  ];
  table(
    test,
    passing.map((row) => ({ ...row, name: `once at every request: ${row.name}` })),
    ({ fault }) =>
      withServer(async (server, project) => {
        const seen = new Set<string>();
        server.fault = ({ method, path, bytes }) => {
          const request = `${method} ${path} ${bytes}`;
          if (seen.has(request)) return undefined;
          seen.add(request);
          return fault;
        };
        await project.track(environmentOf(server));
        assert.equal(waiting(project), []);
        assert.is([...server.runs.values()][0]!.status, 'FINISHED');
        assert.is(server.versions.length, 1);
      }),
  );
  table(
    test,
    passing.map((row) => ({ ...row, name: `always: ${row.name}; it is told the next time` })),
    ({ fault }) =>
      withServer(async (server, project) => {
        server.fault = () => fault;
        const log = await project.track(environmentOf(server));
        assert.match(log.join('\n'), 'it waits in the queue');
        assert.is(waiting(project).length, 1);
        // What it was told must be what was there then.
        project.write({ 'reports/index.html': 'another', 'reports/metrics.json': '{"f1_micro": 0.1}\n' });
        server.fault = () => undefined;
        await project.track(environmentOf(server));
        assert.equal(waiting(project), []);
        const pages = [...server.artifacts].filter(([path]) => path.endsWith('index.html'));
        assert.equal(
          pages.map(([, bytes]) => bytes.toString()),
          ['<h1>Report</h1>', 'another'],
        );
      }),
  );

  test('no answer: it takes no longer than it may', () =>
    withServer(async (server, project) => {
      server.fault = () => 'hang';
      const started = performance.now();
      const log = await project.track(environmentOf(server), { budgetMs: 300 });
      assert.ok(performance.now() - started < 3_000);
      assert.match(log.join('\n'), 'Tracking took longer than 0.3 s: 1 of it waits for the next run');
      assert.is(waiting(project).length, 1);
    }));

  test('no server at all', () =>
    withResults(async (project) => {
      const { url } = await withFakeMlflow((server) => Promise.resolve(server));
      const log = await project.track({ MLFLOW_TRACKING_URI: url });
      assert.match(log.join('\n'), `MLflow at ${url} cannot be told: the connection was refused`);
      assert.is(waiting(project).length, 1);
    }));

  test('an address that is none', () =>
    withResults(async (project) => {
      const log = await project.track({ MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' });
      assert.match(log.join('\n'), 'MLFLOW_TRACKING_URI is no http address');
      assert.equal(waiting(project), []);
    }));

  test('it knows nobody: all of it waits', () =>
    withServer(async (server, project) => {
      server.fault = () => ({ status: 401 });
      assert.match((await project.track(environmentOf(server))).join('\n'), 'HTTP 401');
      assert.is(waiting(project).length, 1);
      assert.is(server.asked.length, 1);
    }));

  test('ended after any request: the same is there in the end, once', () =>
    withServer(async (whole, project) => {
      await project.track(environmentOf(whole));
      const requests = whole.asked.length;
      assert.ok(requests > 15);
      for (let last = 0; last < requests; last += 1) {
        await withServer(async (server, other) => {
          const killed = new AbortController();
          server.fault = (_asked, count) => {
            // The request is carried out, but who asked has gone.
            if (count === last) killed.abort();
            return undefined;
          };
          await other.track(environmentOf(server), { signal: killed.signal }).then(
            () => undefined,
            (error: unknown) => {
              if (!killed.signal.aborted) throw error;
            },
          );
          server.fault = () => undefined;
          await other.track(environmentOf(server));
          assert.equal(
            contentOf(server),
            contentOf(whole),
            `after request ${last}, ${whole.asked[last]!.path}`,
          );
          assert.equal(waiting(other), []);
        });
      }
    }));
});

suite('track keeps runs in the project', (test) => {
  test('as files that git does not see', () =>
    withResults(async (project) => {
      await project.track();
      assert.is(readFileSync(join(project.home, 'experiments/.gitignore'), 'utf8'), '*\n');
      const [run] = readRuns(project.home);
      assert.is(run!.results.facts['watched'], '2021-05 to 2021-06');
      assert.is(run!.results.datasets[0]!.context, 'training');
      assert.is(run!.results.datasets[0]!.questions, 2);
    }));
});
