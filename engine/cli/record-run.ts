/**
 * What every run leaves behind: its record, the durations for the next forecast, and what its stages wrote.
 *
 * @module
 */

import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { nodeFileSystem } from '../../cache/index.ts';
import type { Plan } from '../plan/index.ts';
import { changeJson } from '../report/index.ts';
import { engineGroup, type Reporter } from '../run/index.ts';
import {
  createRecorder,
  gitHead,
  KEPT,
  keptLogs,
  openRunStore,
  openStageLogs,
  rememberDurations,
  runId,
  UNLIMITED,
} from '../runs/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

export interface RecordedRun {
  readonly observe: Reporter;
  readonly finish: (exitCode: number) => void;
}

export interface RecordOptions {
  readonly jobs: number;
  readonly startedMs: number;
  /** Where each stage's output goes too, seen from the working directory. */
  readonly logDirectory: string | undefined;
}

export function recordRun(
  terminal: Terminal,
  workspace: Workspace,
  plan: Plan,
  { jobs, startedMs, logDirectory }: RecordOptions,
): RecordedRun {
  const { fs, state, project } = workspace;
  const store = openRunStore(fs, state);
  store.prune();
  const recorder = createRecorder({
    head: {
      id: runId(startedMs, randomBytes(2).toString('hex')),
      args: terminal.args,
      startedAt: new Date(startedMs).toISOString(),
      revision: gitHead(fs, project.root),
      jobs,
      engine: engineGroup(),
    },
    startedMs,
    plan,
    graph: workspace.pipeline.graph,
    clock: systemClock,
    describe: changeJson,
    save: store.save,
  });
  const logs = [openStageLogs(fs, keptLogs(state), KEPT)];
  if (logDirectory !== undefined)
    logs.push(openStageLogs(nodeFileSystem, resolve(terminal.cwd, logDirectory), UNLIMITED));
  return {
    observe: (event) => {
      recorder.observe(event);
      for (const log of logs) log.observe(event);
    },
    finish: (exitCode) => {
      rememberDurations(fs, state, recorder.finish(exitCode));
      const failure = logs.at(-1)!.failure();
      if (failure !== undefined) terminal.error(`Not all output could be logged: ${failure.message}\n`);
    },
  };
}
