/**
 * From files to trackers.
 *
 * @module
 */

import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Clock, Fetch } from '../io/index.ts';
import { deliver } from './deliver.ts';
import { gatherResults } from './gather.ts';
import { keepRun, shortNameOf } from './local-store.ts';
import { mlflowServer, mlflowTracker } from './mlflow/index.ts';
import { originOf } from './origin.ts';
import { queue } from './queue.ts';
import { fingerprintOf, type RunRecord } from './run-record.ts';
import type { Artifact, Message } from './tracker.ts';

export interface TrackSettings {
  readonly experiment: string;
  readonly registeredModel: string;
  /** Milliseconds. */
  readonly budgetMs: number;
}

export interface TrackPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Uniform in [0, 1): spreads retries. */
  readonly random: () => number;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface Tracking {
  /** Absolute. */
  readonly deps: readonly string[];
  /** Absolute. */
  readonly root: string;
  readonly settings: TrackSettings;
  readonly environment: Environment;
  readonly ports: TrackPorts;
}

/** @throws {StageFailure} If a file of the study cannot be read. */
export async function trackResults({ deps, root, settings, environment, ports }: Tracking): Promise<void> {
  const results = gatherResults(deps, root);
  const fingerprint = fingerprintOf(results);
  const home = homeOf(root);
  const { run, isNew } = keepRun(home, {
    fingerprint,
    name: nameOf(results.facts['trained_on'] ?? '', fingerprint),
    atMs: Math.floor(ports.clock.nowMs()),
    origin: await originOf(root, 'dvc-like.yaml'),
    results,
  });
  ports.log(isNew ? `Tracked as ${shortNameOf(run)}` : `Tracked before, as ${shortNameOf(run)}`);
  const server = mlflowServer(environment);
  if (typeof server === 'string') ports.log(server);
  if (typeof server !== 'object') return;
  queue(home, runMessage(run, deps), ports.clock.nowMs());
  await tellQueued(home, settings, environment, ports);
}

/** Tells MLflow, where one is configured, what waits for it. */
export async function tellQueued(
  home: string,
  settings: TrackSettings,
  environment: Environment,
  ports: TrackPorts,
): Promise<void> {
  const server = mlflowServer(environment);
  if (typeof server !== 'object') return;
  const { told, waiting } = await deliver(home, mlflowTracker(server, settings, ports), ports.log, {
    budgetMs: settings.budgetMs,
    signal: ports.signal,
  });
  if (told > 0) ports.log(`Told MLflow at ${server.base}${waiting > 0 ? `; ${waiting} wait` : ''}`);
}

/** Absolute. */
export const homeOf = (root: string): string =>
  join(root, existsSync(join(root, '.dvc')) ? '.dvc' : '.dvc-like');

const nameOf = (months: string, fingerprint: string): string =>
  `${months.replace(' to ', '..')} ${fingerprint.slice(0, 6)}`;

/** Reports beside the numbers: what people look at, and the model's own files. */
function runMessage(run: RunRecord, deps: readonly string[]): Message {
  const artifacts: Artifact[] = [];
  let model: readonly Artifact[] = [];
  for (const path of deps) {
    if (/\/reports\/[^/]+\.html$/.test(path)) artifacts.push({ name: basename(path), path });
    else if (path.endsWith('/reports/search/candidates.csv'))
      artifacts.push({ name: 'candidates.csv', path });
    else if (path.endsWith('/models/supervised')) {
      model = readdirSync(path).map((name) => ({ name, path: join(path, name) }));
      artifacts.push({ name: 'manifest.json', path: join(path, 'manifest.json') });
    }
  }
  return { kind: 'run', run, artifacts, model };
}
