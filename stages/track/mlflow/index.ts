/**
 * The tracker that tells an MLflow server, over its REST API.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { type RunRecord } from '../run-record.ts';
import { type Artifact, type Tracker } from '../tracker.ts';
import { type MlflowClient, type MlflowPorts, mlflowClient } from './client.ts';
import { findExperiment, finishRun, logCandidates, logValues, openRun } from './log-run.ts';
import { promoteModel, registerModel } from './register-model.ts';
import type { MlflowServer } from './server.ts';

export type { MlflowPorts } from './client.ts';
export { type MlflowServer, mlflowServer } from './server.ts';

export interface MlflowNames {
  readonly experiment: string;
  readonly registeredModel: string;
}

/** What a name was before MLflow's rules: an artifact of the run. */
const NAMES = 'names.json';

export const mlflowTracker = (server: MlflowServer, names: MlflowNames, ports: MlflowPorts): Tracker => ({
  tell: async (message, signal) => {
    const client = mlflowClient(server, ports, signal);
    if (message.kind === 'champion') await promoteModel(client, names.registeredModel, message.model);
    else await logRun(client, names, message.run, message.artifacts, message.model);
  },
});

async function logRun(
  client: MlflowClient,
  names: MlflowNames,
  run: RunRecord,
  artifacts: readonly Artifact[],
  files: readonly Artifact[],
): Promise<void> {
  const experiment = await findExperiment(client, names.experiment);
  const { id, place, isFinished } = await openRun(client, experiment, run);
  if (isFinished) return;
  const changed = await logValues(client, id, run);
  await logCandidates(client, experiment, id, run);
  await client.putArtifact(place, NAMES, jsonBytes(changed));
  for (const { name, path } of artifacts) {
    await client.putArtifact(place, name, new Uint8Array(readFileSync(path)));
  }
  await registerModel(client, {
    experiment,
    name: names.registeredModel,
    digest: run.results.model,
    runId: id,
    atMs: run.atMs,
    params: run.results.params,
    files,
  });
  await finishRun(client, id, run.atMs);
}

const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`));
