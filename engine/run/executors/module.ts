/**
 * The module executor: stages with a `module`, each run in a Node process of its own.
 *
 * @module
 */

import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import type { Clock } from '../../core/index.ts';
import type { HostReport, RunJob } from '../../modules/index.ts';
import { follow } from './follow.ts';
import { scratchPath } from './scratch.ts';
import type { ProcessUsage, StageHooks, StageProcess } from './stage-process.ts';
import { systemClock } from './system-clock.ts';

export interface ModuleJob extends Omit<RunJob, 'kind'> {
  /** Absolute. */
  readonly cwd: string;
  /** Added to the engine's own. */
  readonly env: Readonly<Record<string, string>>;
}

const HOST = fileURLToPath(new URL('../../stage/host.ts', import.meta.url));

export function startModule(
  { cwd, env, ...run }: ModuleJob,
  hooks: StageHooks,
  clock: Clock = systemClock,
): StageProcess {
  const job: RunJob = { kind: 'run', ...run };
  const jobFile = scratchPath(`${crypto.randomUUID()}.job`);
  writeFileSync(jobFile, serialize(job), { flag: 'wx', mode: 0o600 });
  let ownUsage: ProcessUsage | undefined;
  const onReport = (line: string): void => {
    const report = JSON.parse(line) as HostReport;
    if (report.kind === 'usage') ownUsage = { cpuMs: report.cpuMs, maxRssBytes: report.maxRssBytes };
    else if (report.kind === 'progress') hooks.onProgress?.(report.done, report.total, report.note);
  };
  const args = ['--enable-source-maps', HOST, jobFile];
  const { done, cancel } = follow([{ file: process.execPath, args, cwd, env, onReport }], hooks, clock);
  return {
    cancel,
    done: done.then((exit) => {
      rmSync(jobFile, { force: true });
      return exit.kind === 'spawn-failed' ? exit : { ...exit, usage: ownUsage ?? exit.usage };
    }),
  };
}
