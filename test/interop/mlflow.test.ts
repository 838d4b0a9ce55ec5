import * as assert from 'uvu/assert';
import { readRuns } from '../../stages/track/local-store.ts';
import { homeOf } from '../../stages/track/track-results.ts';
import { NOW_MS, withResults } from '../stages/track/results.ts';
import { note, suite } from '../support/suite.ts';
import { ACCOUNT, type MlflowServer, noMlflow, withMlflow } from './mlflow-server.ts';

interface Pair<T = string> {
  readonly key: string;
  readonly value: T;
}

interface Run {
  readonly info: {
    readonly run_id: string;
    readonly run_name: string;
    readonly status: string;
    readonly start_time: number;
    readonly artifact_uri: string;
  };
  readonly data: {
    readonly params: readonly Pair[];
    readonly metrics: readonly Pair<number | string>[];
    readonly tags: readonly Pair[];
  };
  readonly inputs: {
    readonly dataset_inputs?: readonly {
      readonly tags: readonly Pair[];
      readonly dataset: { readonly name: string; readonly digest: string };
    }[];
  };
  readonly outputs?: { readonly model_outputs: readonly { readonly model_id: string }[] };
}

const valueOf = <T>(pairs: readonly Pair<T>[], key: string): T | undefined =>
  pairs.find((pair) => pair.key === key)?.value;

async function runsOf(server: MlflowServer): Promise<readonly Run[]> {
  const { experiment } = (await server.get('experiments/get-by-name', { experiment_name: 'tagging' })) as {
    experiment: { experiment_id: string };
  };
  const { runs = [] } = (await server.post('runs/search', {
    experiment_ids: [experiment.experiment_id],
  })) as {
    runs?: readonly Run[];
  };
  return runs;
}

/** A server that has just started is slow where there is other work. */
const PATIENT = { budgetMs: 100_000 } as const;

const isNested = ({ data }: Run): boolean => valueOf(data.tags, 'mlflow.parentRunId') !== undefined;

async function versionsOf(
  server: MlflowServer,
): Promise<readonly { version: string; aliases?: readonly string[]; source: string }[]> {
  const found = (await server.get('model-versions/search', { filter: "name = 'tagger'" })) as {
    model_versions?: readonly { version: string; source: string }[];
  };
  return found.model_versions ?? [];
}

async function championOf(server: MlflowServer): Promise<string> {
  const { model_version } = (await server.get('registered-models/alias', {
    name: 'tagger',
    alias: 'champion',
  })) as {
    model_version: { version: string };
  };
  return model_version.version;
}

suite('track tells a real MLflow server', { skip: noMlflow, timeoutMs: 240_000 }, (test) => {
  test('once, all of it, and goes on where it was ended', () =>
    withMlflow((server) =>
      withResults(async (project) => {
        const environment = { MLFLOW_TRACKING_URI: server.url };
        const started = performance.now();
        const log = await project.track(environment, PATIENT);
        note(
          `Telling MLflow a run with two candidates and a model took ${Math.round(performance.now() - started)} ms`,
        );
        assert.match(log.join('\n'), `Told MLflow at ${server.url}`);

        const runs = await runsOf(server);
        const run = runs.find((each) => !isNested(each))!;
        assert.is(runs.length, 3);
        assert.ok(runs.every(({ info }) => info.status === 'FINISHED'));
        assert.is(run.info.start_time, NOW_MS);
        assert.is(valueOf(run.data.tags, 'trained_on'), '2021-01 to 2021-04');
        assert.is(valueOf(run.data.params, 'train.C'), '0.5');
        assert.is(valueOf(run.data.params, 'train.class_weight'), 'null');
        assert.is(valueOf(run.data.metrics, 'f1_micro'), 0.7);
        assert.is(valueOf(run.data.metrics, 'worst'), 'NaN');
        assert.is(valueOf(run.data.metrics, 'f1/c_sharp'), 0.5);
        const { metrics } = (await server.get('metrics/get-history', {
          run_id: run.info.run_id,
          metric_key: 'monthly/f1_micro',
        })) as { metrics: readonly { step: number; value: number; timestamp: number }[] };
        assert.equal(
          metrics.map(({ step, value, timestamp }) => [step, value, timestamp]),
          [
            [202105, 0.75, Date.UTC(2021, 4)],
            [202106, 0.65, Date.UTC(2021, 5)],
          ],
        );
        assert.equal(
          run.inputs.dataset_inputs!.map(({ dataset, tags }) => [
            dataset.name,
            dataset.digest,
            tags[0]!.value,
          ]),
          readRuns(homeOf(project.root))[0]!.results.datasets.map(({ path, digest, context }) => [
            path,
            digest,
            context,
          ]),
        );
        assert.equal(JSON.parse(await server.artifact(run.info.artifact_uri, 'names.json')), {
          'f1/c_plus_plus': 'f1/c++',
          'f1/c_sharp': 'f1/c#',
        });
        assert.is(await server.artifact(run.info.artifact_uri, 'index.html'), '<h1>Report</h1>');

        const [version] = await versionsOf(server);
        assert.is(await server.artifact(version!.source, 'classifier.arrays'), 'coefficients');
        assert.match(await server.artifact(version!.source, 'MLmodel'), '"dvc_like"');
        assert.is(run.outputs!.model_outputs.length, 1);
        assert.is(await championOf(server), '1');

        await project.track(environment, PATIENT);
        assert.is((await runsOf(server)).length, 3, 'the same results');

        project.write({ 'reports/monthly/2021-06.json': '{"f1_micro": 0.5, "questions": 4}\n' });
        // Ended after each request in turn: each time it comes a little further.
        for (let requests = 1; ; requests += 2) {
          const killed = new AbortController();
          let count = 0;
          const counting: typeof fetch = async (...request) => {
            const response = await fetch(...request);
            if (++count === requests) killed.abort();
            return response;
          };
          await project
            .track(environment, { ...PATIENT, fetch: counting, signal: killed.signal })
            .catch((error: unknown) => {
              if (!killed.signal.aborted) throw error;
            });
          if (!killed.signal.aborted) break;
        }
        const both = await runsOf(server);
        assert.is(both.filter((each) => !isNested(each)).length, 2);
        assert.is(both.length, 6);
        assert.ok(both.every(({ info }) => info.status === 'FINISHED'));
        assert.is((await versionsOf(server)).length, 1, 'the same model');
      }),
    ));
});

suite('track tells an MLflow server that asks who it is', { skip: noMlflow, timeoutMs: 240_000 }, (test) => {
  test('by user and password, or by a token; whom it does not know it refuses, and is told later', () =>
    withMlflow(
      (server) =>
        withResults(async (project) => {
          const track = async (who: Readonly<Record<string, string>>): Promise<string> =>
            (await project.track({ MLFLOW_TRACKING_URI: server.url, ...who }, PATIENT)).join('\n');
          assert.match(await track({}), 'HTTP 401');
          assert.match(
            await track({ MLFLOW_TRACKING_USERNAME: ACCOUNT.user, MLFLOW_TRACKING_PASSWORD: 'guessed' }),
            'HTTP 401',
          );
          assert.match(await track({ MLFLOW_TRACKING_TOKEN: ACCOUNT.token }), `Told MLflow at ${server.url}`);
          const runs = await runsOf(server);
          assert.is(runs.length, 3, 'a run and its candidates, told once');
          const { artifact_uri } = runs.find((run) => !isNested(run))!.info;
          assert.is(await server.artifact(artifact_uri, 'index.html'), '<h1>Report</h1>');
          assert.is(await championOf(server), '1');

          project.write({ 'reports/metrics.json': '{"f1_micro": 0.8}\n' });
          const account = {
            MLFLOW_TRACKING_USERNAME: ACCOUNT.user,
            MLFLOW_TRACKING_PASSWORD: ACCOUNT.password,
          };
          assert.match(await track(account), `Told MLflow at ${server.url}`);
          assert.is((await runsOf(server)).length, 6);
        }),
      { asksWho: true },
    ));
});
