/**
 * A server that answers as MLflow 3.17 does, as far as we ask it: with its limits, its refusals and its silences. That it
 * does is checked against calls to a real one (`fake-mlflow.test.ts`).
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FakeRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly startMs: number;
  status: string;
  readonly tags: Map<string, string>;
  readonly params: Map<string, string>;
  /** By key, time, step and value: one that is logged again is the same. */
  readonly metrics: Map<string, { key: string; value: unknown; timestamp: number; step: number }>;
  readonly datasets: Map<string, unknown>;
  readonly models: Set<string>;
}

interface FakeModel {
  readonly id: string;
  readonly run: string;
  readonly place: string;
  status: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

interface FakeVersion {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly run: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface Asked {
  readonly method: string;
  /** Without `/api/2.0/mlflow/`. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
}

/** What goes wrong with a request; undefined: nothing. */
export type Fault = 'reset' | 'hang' | { readonly status: number; readonly retryAfter?: string } | undefined;

export interface FakeMlflow {
  readonly url: string;
  readonly runs: Map<string, FakeRun>;
  readonly experiments: Map<string, string>;
  readonly models: FakeModel[];
  readonly versions: FakeVersion[];
  /** `NAME/ALIAS` to a version. */
  readonly aliases: Map<string, string>;
  /** Path to content. */
  readonly artifacts: Map<string, Buffer>;
  readonly asked: Asked[];
  /** Asked before each request is looked at; `count` is the number of those before it. */
  fault: (asked: Asked, count: number) => Fault;
}

const API = '/api/2.0/mlflow/';
const ARTIFACTS = '/api/2.0/mlflow-artifacts/artifacts/';
const NAME = /^[\w\-.: /]*$/;

export async function withFakeMlflow<T>(body: (server: FakeMlflow) => Promise<T>): Promise<T> {
  const http = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: FakeMlflow = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    runs: new Map(),
    experiments: new Map(),
    models: [],
    versions: [],
    aliases: new Map(),
    artifacts: new Map(),
    asked: [],
    fault: () => undefined,
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const url = new URL(request.url!, 'http://fake');
    const asked: Asked = {
      method: request.method!,
      path: url.pathname.replace(API, ''),
      authorization: request.headers.authorization,
      bytes: bytes.length,
    };
    const fault = server.fault(asked, server.asked.length);
    server.asked.push(asked);
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fault !== undefined) {
      response.writeHead(
        fault.status,
        fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      );
      response.end();
      return;
    }
    const { status, type, text } = reply(server, request, url, bytes);
    response.writeHead(status, { 'content-type': type });
    response.end(text);
  }
  try {
    return await body(server);
  } finally {
    http.closeAllConnections();
    http.close();
  }
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string | Buffer;
}

const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  text: JSON.stringify(value),
});

class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function reply(server: FakeMlflow, request: IncomingMessage, url: URL, bytes: Buffer): Reply {
  const { headers, method } = request;
  if (headers.origin !== undefined && !/^http:\/\/localhost/.test(headers.origin)) {
    return { status: 403, type: 'text/plain', text: 'Cross-origin request blocked' };
  }
  try {
    if (url.pathname.startsWith(ARTIFACTS)) return artifact(server, method!, url, bytes);
    if (method !== 'GET' && !/^application\/json\b/.test(headers['content-type'] ?? '')) {
      throw new Refused('INVALID_PARAMETER_VALUE', "Content-Type must be one of ['application/json'].");
    }
    const sent: unknown =
      method === 'GET' ? Object.fromEntries(url.searchParams) : JSON.parse(bytes.toString());
    const body = sent as Body;
    const endpoint = `${method!} ${url.pathname.replace(API, '').replace(/\/m-[^/]+/, '/ID')}`;
    const act = ENDPOINTS[endpoint];
    return act === undefined
      ? { status: 404, type: 'text/html', text: '<!doctype html>' }
      : json(act(server, body, url.pathname));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const status = error.code === 'RESOURCE_DOES_NOT_EXIST' ? 404 : 400;
    return json({ error_code: error.code, message: error.message }, status);
  }
}

function artifact(server: FakeMlflow, method: string, url: URL, bytes: Buffer): Reply {
  const path = decodeURIComponent(url.pathname.slice(ARTIFACTS.length));
  if (path.split('/').includes('..')) throw new Refused('INVALID_PARAMETER_VALUE', 'Invalid path');
  if (method === 'PUT') server.artifacts.set(path, bytes);
  return {
    status: 200,
    type: 'text/plain',
    text: method === 'PUT' ? '' : (server.artifacts.get(path) ?? ''),
  };
}

interface Pair {
  readonly key: string;
  readonly value: unknown;
}

interface LoggedMetric {
  readonly key: string;
  readonly value: unknown;
  readonly timestamp: number;
  readonly step: number;
}

type TextPair = FakeModel['tags'][number];

/** What a client sends, as the endpoints want it: each takes its own of these. */
interface Body {
  readonly name: string;
  readonly experiment_name: string;
  readonly experiment_id: string | undefined;
  readonly experiment_ids: readonly string[];
  readonly run_id: string;
  readonly run_name: string;
  readonly start_time: number;
  readonly status: string;
  readonly filter?: string;
  readonly params?: readonly Pair[];
  readonly tags?: readonly TextPair[];
  readonly metrics?: readonly LoggedMetric[];
  readonly datasets?: readonly { readonly dataset: { readonly name: string; readonly digest: string } }[];
  readonly models: readonly { readonly model_id: string }[];
  readonly model_id: string;
  readonly source_run_id: string;
  readonly source: string;
  readonly alias: string;
  readonly version: string;
}

const runOf = (server: FakeMlflow, id: string): FakeRun => {
  const run = server.runs.get(id);
  if (run === undefined) throw new Refused('RESOURCE_DOES_NOT_EXIST', `Run with id=${id} not found`);
  return run;
};

const infoOf = ({ id, experiment, name, status, startMs }: FakeRun): object => ({
  run_id: id,
  experiment_id: experiment,
  run_name: name,
  status,
  start_time: startMs,
  artifact_uri: `mlflow-artifacts:/${experiment}/${id}/artifacts`,
});

const modelOf = ({ id, place, status, run, tags }: FakeModel): object => ({
  info: { model_id: id, artifact_uri: place, status, source_run_id: run, tags },
});

const pairs = (map: ReadonlyMap<string, string>): readonly Pair[] =>
  [...map].map(([key, value]) => ({ key, value }));

/** Of a filter as `tags."a" = 'b' and name = 'c'`: what each attribute is to be. */
const conditionsOf = (filter: string): readonly (readonly [string, string])[] =>
  [...filter.matchAll(/(?:tags\."([^"]+)"|(\w+)) = '((?:[^']|'')*)'/g)].map(([, tag, name, value]) => [
    tag === undefined ? name! : `tag ${tag}`,
    value!.replaceAll("''", "'"),
  ]);

const ENDPOINTS: Readonly<Record<string, (server: FakeMlflow, body: Body, path: string) => object>> = {
  'POST experiments/create': ({ experiments }, { name }) => {
    if (experiments.has(name))
      throw new Refused('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists`);
    experiments.set(name, String(experiments.size + 1));
    return { experiment_id: experiments.get(name) };
  },
  'GET experiments/get-by-name': ({ experiments }, { experiment_name: name }) => {
    const id = experiments.get(name);
    if (id === undefined)
      throw new Refused('RESOURCE_DOES_NOT_EXIST', `Could not find experiment with name '${name}'`);
    return { experiment: { experiment_id: id, name, lifecycle_stage: 'active' } };
  },
  'POST runs/create': (
    { runs },
    { experiment_id: experiment, run_name: name, start_time: startMs, tags = [] },
  ) => {
    if (experiment === undefined) throw new Refused('BAD_REQUEST', 'FOREIGN KEY constraint failed');
    const run: FakeRun = {
      id: `run${runs.size + 1}`,
      experiment,
      name,
      startMs,
      status: 'RUNNING',
      tags: new Map(tags.map(({ key, value }) => [key, value])),
      params: new Map(),
      metrics: new Map(),
      datasets: new Map(),
      models: new Set(),
    };
    runs.set(run.id, run);
    return { run: { info: infoOf(run), data: { tags: pairs(run.tags) } } };
  },
  'POST runs/search': ({ runs }, { experiment_ids: experiments, filter = '' }) => {
    const conditions = conditionsOf(filter);
    const found = [...runs.values()].filter(
      (run) =>
        experiments.includes(run.experiment) &&
        conditions.every(([name, value]) => run.tags.get(name.replace('tag ', '')) === value),
    );
    return found.length === 0 ? {} : { runs: found.map((run) => ({ info: infoOf(run) })) };
  },
  'POST runs/log-batch': (server, { run_id: id, params = [], metrics = [], tags = [] }) => {
    const run = runOf(server, id);
    const invalid = (message: string): never => {
      throw new Refused('INVALID_PARAMETER_VALUE', message);
    };
    if (params.length > 100) invalid(`A batch logging request can contain at most 100 params`);
    if (tags.length > 100) invalid(`A batch logging request can contain at most 100 tags`);
    if (metrics.length > 1000) invalid(`A batch logging request can contain at most 1000 metrics`);
    for (const { key } of [...params, ...tags, ...metrics]) {
      if (!NAME.test(key)) invalid(`Invalid value "${key}": Names may only contain alphanumerics`);
      if (key.length > 250) invalid(`'${key}' exceeds the maximum length of 250 characters`);
    }
    for (const { key, value } of params) {
      // It is silent about what is no string, and about what is too long.
      const text = typeof value === 'string' ? value.slice(0, 6000) : '';
      if ((run.params.get(key) ?? text) !== text) invalid('Changing param values is not allowed');
      run.params.set(key, text);
    }
    for (const { key, value } of tags) run.tags.set(key, value);
    for (const { key, value, timestamp, step } of metrics) {
      const isNumber = typeof value === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(String(value));
      const logged = isNumber ? { key, value, timestamp, step } : { key, value: 0, timestamp: 0, step };
      run.metrics.set(JSON.stringify(logged), logged);
    }
    return {};
  },
  'POST runs/log-inputs': (server, { run_id: id, datasets = [] }) => {
    for (const input of datasets) {
      if (input.dataset.digest.length > 36) {
        throw new Refused('INVALID_PARAMETER_VALUE', "'digest' exceeds the maximum length of 36 characters");
      }
      runOf(server, id).datasets.set(`${input.dataset.name} ${input.dataset.digest}`, input);
    }
    return {};
  },
  'POST runs/outputs': (server, { run_id: id, models }) => {
    for (const { model_id: model } of models) runOf(server, id).models.add(model);
    return {};
  },
  'POST runs/update': (server, { run_id: id, status }) => {
    const run = runOf(server, id);
    run.status = status;
    return { run_info: infoOf(run) };
  },
  'POST logged-models': ({ models }, { experiment_id: experiment, source_run_id: run, tags = [] }) => {
    const id = `m-${models.length + 1}`;
    const place = `mlflow-artifacts:/${experiment!}/models/${id}/artifacts`;
    const model: FakeModel = { id, run, place, status: 'LOGGED_MODEL_PENDING', tags };
    models.push(model);
    return { model: modelOf(model) };
  },
  'PATCH logged-models/ID': ({ models }, { model_id: id, status }) => {
    const model = models.find((each) => each.id === id);
    if (model === undefined) throw new Refused('RESOURCE_DOES_NOT_EXIST', `Model '${id}' not found`);
    model.status = status;
    return { model: modelOf(model) };
  },
  'POST logged-models/search': ({ models }, { filter = '' }) => {
    const run = conditionsOf(filter).find(([name]) => name === 'source_run_id')?.[1];
    const found = models.filter((model) => run === undefined || model.run === run);
    return found.length === 0 ? {} : { models: found.map(modelOf) };
  },
  'POST registered-models/create': ({ aliases }, { name }) => {
    if (aliases.has(`${name}/`))
      throw new Refused('RESOURCE_ALREADY_EXISTS', 'Registered Model already exists');
    aliases.set(`${name}/`, '');
    return { registered_model: { name } };
  },
  'POST model-versions/create': (
    { versions, models },
    { name, source, run_id: run, model_id: model, tags = [] },
  ) => {
    if (!models.some(({ id, place }) => id === model && place === source)) {
      throw new Refused('INVALID_PARAMETER_VALUE', 'Invalid model version source');
    }
    const version = { name, source, run, version: String(versions.length + 1), tags };
    versions.push(version);
    return { model_version: version };
  },
  'GET model-versions/search': ({ versions }, { filter }) => {
    const conditions = conditionsOf(filter ?? '');
    const found = versions.filter((version) =>
      conditions.every(([name, value]) =>
        name === 'name'
          ? version.name === value
          : version.tags.some((tag) => `tag ${tag.key}` === name && tag.value === value),
      ),
    );
    return found.length === 0 ? {} : { model_versions: found };
  },
  'POST registered-models/alias': ({ aliases }, { name, alias, version }) => {
    aliases.set(`${name}/${alias}`, version);
    return {};
  },
  'GET registered-models/alias': ({ aliases, versions }, { name, alias }) => {
    const version = aliases.get(`${name}/${alias}`);
    if (version === undefined)
      throw new Refused('INVALID_PARAMETER_VALUE', `Registered model alias ${alias} not found.`);
    return { model_version: versions.find((each) => each.version === version && each.name === name) };
  },
};
