/**
 * The model: logged with its files, registered as a version, one version for each model however many runs look at it.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { type Artifact, TrackerFailure } from '../tracker.ts';
import { EXISTS, INVALID, MISSING, type MlflowClient } from './client.ts';
import { type ModelFacts, modelFile } from './model-file.ts';

const MODEL = 'dvc_like.model';
const CHAMPION = 'champion';

export interface ModelToRegister {
  readonly experiment: string;
  /** Of the registered model. */
  readonly name: string;
  /** See `Results.model`. */
  readonly digest: string;
  readonly runId: string;
  readonly atMs: number;
  readonly params: Readonly<Record<string, string>>;
  readonly files: readonly Artifact[];
}

/**
 * The first version becomes the champion; after that, only who compares moves the alias.
 *
 * @throws {TrackerFailure} If it is refused, or there is no answer.
 */
export async function registerModel(client: MlflowClient, model: ModelToRegister): Promise<void> {
  let version = await findVersion(client, model.name, model.digest);
  if (version === undefined) {
    const logged = await logModel(client, model);
    await client.call('POST', 'runs/outputs', {
      run_id: model.runId,
      models: [{ model_id: logged.id, step: 0 }],
    });
    version = await createVersion(client, model, logged);
  }
  if ((await championOf(client, model.name)) === undefined) await setChampion(client, model.name, version);
}

/** @throws {TrackerFailure} If no version has the digest, it is refused, or there is no answer. */
export async function promoteModel(client: MlflowClient, name: string, digest: string): Promise<void> {
  const version = await findVersion(client, name, digest);
  if (version === undefined) {
    throw new TrackerFailure(
      'refused',
      `MLflow has no version of "${name}" with the model ${digest.slice(0, 16)}`,
    );
  }
  if ((await championOf(client, name)) !== version) await setChampion(client, name, version);
}

interface LoggedModel {
  readonly id: string;
  readonly place: string;
}

interface FoundModel {
  readonly info: {
    readonly model_id: string;
    readonly artifact_uri: string;
    readonly status: string | number;
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
  };
}

/** One that is complete is used as it is; of one that is not its files are sent again. */
async function logModel(client: MlflowClient, model: ModelToRegister): Promise<LoggedModel> {
  const found = (await client.call('POST', 'logged-models/search', {
    experiment_ids: [model.experiment],
    filter: `source_run_id = '${model.runId}'`,
    max_results: 10,
  })) as { readonly models?: readonly FoundModel[] };
  const known = found.models?.find(({ info }) =>
    info.tags?.some(({ key, value }) => key === MODEL && value === model.digest),
  );
  const { info } = known ?? (await createModel(client, model));
  const logged = { id: info.model_id, place: info.artifact_uri };
  if (info.status === 'LOGGED_MODEL_READY') return logged;
  const facts: ModelFacts = { modelId: logged.id, runId: model.runId, atMs: model.atMs };
  for (const { name, path } of model.files) {
    await client.putArtifact(logged.place, name, new Uint8Array(readFileSync(path)));
  }
  await client.putArtifact(logged.place, 'MLmodel', new Uint8Array(Buffer.from(modelFile(facts))));
  await client.call('PATCH', `logged-models/${logged.id}`, {
    model_id: logged.id,
    status: 'LOGGED_MODEL_READY',
  });
  return logged;
}

async function createModel(client: MlflowClient, model: ModelToRegister): Promise<FoundModel> {
  const { model: made } = (await client.call('POST', 'logged-models', {
    experiment_id: model.experiment,
    name: model.name,
    model_type: 'multilabel-classifier',
    source_run_id: model.runId,
    params: Object.entries(model.params)
      .filter(([, value]) => value.length <= 500)
      .slice(0, 100)
      .map(([key, value]) => ({ key, value })),
    tags: [{ key: MODEL, value: model.digest }],
  })) as { readonly model: FoundModel };
  return made;
}

async function createVersion(
  client: MlflowClient,
  { name, digest, runId }: ModelToRegister,
  logged: LoggedModel,
): Promise<string> {
  await client.callUnless([EXISTS], 'POST', 'registered-models/create', { name });
  const { model_version } = (await client.call('POST', 'model-versions/create', {
    name,
    source: logged.place,
    run_id: runId,
    model_id: logged.id,
    tags: [{ key: MODEL, value: digest }],
  })) as { readonly model_version: { readonly version: string } };
  return model_version.version;
}

async function findVersion(client: MlflowClient, name: string, digest: string): Promise<string | undefined> {
  const filter = `name = '${name.replaceAll("'", "''")}' and tags."${MODEL}" = '${digest}'`;
  const { model_versions: found = [] } = (await client.call('GET', 'model-versions/search', {
    filter,
    max_results: '10',
  })) as { readonly model_versions?: readonly { readonly version: string }[] };
  return found.map(({ version }) => version).sort((a, b) => Number(a) - Number(b))[0];
}

async function championOf(client: MlflowClient, name: string): Promise<string | undefined> {
  // An alias that is missing is an invalid one, to MLflow.
  const answer = await client.callUnless([INVALID, MISSING], 'GET', 'registered-models/alias', {
    name,
    alias: CHAMPION,
  });
  if (answer === undefined) return undefined;
  return (answer as { readonly model_version: { readonly version: string } }).model_version.version;
}

const setChampion = (client: MlflowClient, name: string, version: string): Promise<unknown> =>
  client.call('POST', 'registered-models/alias', { name, alias: CHAMPION, version });
