/**
 * A run's own values: the experiment, the run, its numbers and datasets, its candidates.
 *
 * A run is found again by its fingerprint, which is a tag of it from the beginning; it is complete when it is `FINISHED`.
 * All between may be sent again: params and tags are the same, a metric with the same time and step is the same.
 *
 * @module
 */

import { hostname } from 'node:os';
import { encodeNames } from '../names.ts';
import type { CandidateRun, Dataset, Metric, RunRecord } from '../run-record.ts';
import { TrackerFailure } from '../tracker.ts';
import { batchesOf, type KeyValue, type LoggedMetric } from './batches.ts';
import { EXISTS, MISSING, type MlflowClient } from './client.ts';

const FINGERPRINT = 'dvc_like.fingerprint';
const PARENT = 'mlflow.parentRunId';

export interface LoggedRun {
  readonly id: string;
  /** Where its artifacts are. */
  readonly place: string;
  readonly isFinished: boolean;
}

/** @returns Its id; it is made where there is none of the name. */
export async function findExperiment(client: MlflowClient, name: string): Promise<string> {
  const found = await experimentNamed(client, name);
  if (found !== undefined) return found;
  // Another run may make it meanwhile.
  const made = await client.callUnless([EXISTS], 'POST', 'experiments/create', { name });
  if (made !== undefined) return (made as { readonly experiment_id: string }).experiment_id;
  const other = await experimentNamed(client, name);
  if (other !== undefined) return other;
  throw new TrackerFailure('refused', `MLflow has an experiment "${name}", and does not find it`);
}

async function experimentNamed(client: MlflowClient, name: string): Promise<string | undefined> {
  const found = await client.callUnless([MISSING], 'GET', 'experiments/get-by-name', {
    experiment_name: name,
  });
  if (found === undefined) return undefined;
  const { experiment } = found as {
    readonly experiment: { readonly experiment_id: string; readonly lifecycle_stage?: string };
  };
  if (experiment.lifecycle_stage !== 'deleted') return experiment.experiment_id;
  throw new TrackerFailure(
    'refused',
    `MLflow's experiment "${name}" is deleted: restore it, or set track.experiment to another name`,
  );
}

export async function openRun(client: MlflowClient, experiment: string, run: RunRecord): Promise<LoggedRun> {
  const [found] = await searchRuns(client, experiment, `tags."${FINGERPRINT}" = '${run.fingerprint}'`);
  if (found !== undefined) return loggedRun(found);
  return createRun(client, experiment, run.name, run.atMs, [
    { key: FINGERPRINT, value: run.fingerprint },
    { key: 'dvc_like.model', value: run.results.model },
    ...originTags(run),
  ]);
}

/** Params, metrics, facts and datasets. @returns The names that MLflow does not allow, by what they are called there. */
export async function logValues(
  client: MlflowClient,
  id: string,
  { results, atMs }: RunRecord,
): Promise<Readonly<Record<string, string>>> {
  const { encoded, changed } = encodeNames([
    ...Object.keys(results.params),
    ...Object.keys(results.facts),
    ...results.metrics.map(({ key }) => key),
  ]);
  await logBatches(client, id, {
    params: keyValues(results.params, encoded),
    tags: keyValues(results.facts, encoded),
    metrics: loggedMetrics(results.metrics, encoded, atMs),
  });
  const datasets = results.datasets.map(datasetInput);
  if (datasets.length > 0) await client.call('POST', 'runs/log-inputs', { run_id: id, datasets });
  return changed;
}

/** Each candidate as a run inside the run. */
export async function logCandidates(
  client: MlflowClient,
  experiment: string,
  parent: string,
  { results, atMs, fingerprint, ...run }: RunRecord,
): Promise<void> {
  if (results.candidates.length === 0) return;
  const known = new Map(
    (await searchRuns(client, experiment, `tags."${PARENT}" = '${parent}'`)).map((each) => [
      each.info.run_name,
      loggedRun(each),
    ]),
  );
  for (const candidate of results.candidates) {
    const nested =
      known.get(candidate.name) ??
      (await createRun(client, experiment, candidate.name, atMs, [
        { key: PARENT, value: parent },
        ...originTags(run),
      ]));
    if (!nested.isFinished) await logCandidate(client, nested.id, candidate, atMs);
  }
}

export async function finishRun(client: MlflowClient, id: string, atMs: number): Promise<void> {
  await client.call('POST', 'runs/update', { run_id: id, status: 'FINISHED', end_time: Math.floor(atMs) });
}

async function logCandidate(
  client: MlflowClient,
  id: string,
  { params, metrics }: CandidateRun,
  atMs: number,
): Promise<void> {
  const { encoded } = encodeNames([...Object.keys(params), ...metrics.map(({ key }) => key)]);
  await logBatches(client, id, {
    params: keyValues(params, encoded),
    tags: [],
    metrics: loggedMetrics(metrics, encoded, atMs),
  });
  await finishRun(client, id, atMs);
}

async function logBatches(
  client: MlflowClient,
  id: string,
  values: Parameters<typeof batchesOf>[0],
): Promise<void> {
  for (const batch of batchesOf(values))
    await client.call('POST', 'runs/log-batch', { run_id: id, ...batch });
}

interface FoundRun {
  readonly info: {
    readonly run_id: string;
    readonly run_name?: string;
    readonly status: string;
    readonly artifact_uri: string;
  };
}

/** All of them, page by page. */
async function searchRuns(
  client: MlflowClient,
  experiment: string,
  filter: string,
): Promise<readonly FoundRun[]> {
  const found: FoundRun[] = [];
  let page: string | undefined;
  do {
    const answer = (await client.call('POST', 'runs/search', {
      experiment_ids: [experiment],
      filter,
      max_results: 1000,
      ...(page === undefined ? {} : { page_token: page }),
    })) as { readonly runs?: readonly FoundRun[]; readonly next_page_token?: string };
    found.push(...(answer.runs ?? []));
    page = answer.next_page_token;
  } while (page !== undefined && page !== '');
  return found;
}

const loggedRun = ({ info }: FoundRun): LoggedRun => ({
  id: info.run_id,
  place: info.artifact_uri,
  isFinished: info.status === 'FINISHED',
});

async function createRun(
  client: MlflowClient,
  experiment: string,
  name: string,
  atMs: number,
  tags: readonly KeyValue[],
): Promise<LoggedRun> {
  const { run } = (await client.call('POST', 'runs/create', {
    experiment_id: experiment,
    run_name: name,
    start_time: Math.floor(atMs),
    tags,
  })) as { readonly run: FoundRun };
  return loggedRun(run);
}

function originTags({ origin }: Pick<RunRecord, 'origin'>): readonly KeyValue[] {
  const tags = {
    'mlflow.user': origin.user,
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.name': origin.source,
    'mlflow.source.git.commit': origin.commit,
    'dvc_like.host': hostname(),
  };
  return Object.entries(tags).flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
}

const keyValues = (
  values: Readonly<Record<string, string>>,
  encoded: ReadonlyMap<string, string>,
): readonly KeyValue[] => Object.entries(values).map(([key, value]) => ({ key: encoded.get(key)!, value }));

const loggedMetrics = (
  metrics: readonly Metric[],
  encoded: ReadonlyMap<string, string>,
  runAtMs: number,
): readonly LoggedMetric[] =>
  metrics.map(({ key, value, step, atMs = runAtMs }) => ({
    key: encoded.get(key)!,
    value,
    timestamp: Math.floor(atMs),
    step,
  }));

const datasetInput = ({ path, digest, context, questions }: Dataset): object => ({
  tags: [{ key: 'mlflow.data.context', value: context }],
  dataset: {
    name: path,
    digest,
    source_type: 'dvc-like',
    source: JSON.stringify({ path, md5: digest }),
    profile: JSON.stringify({ questions }),
  },
});
