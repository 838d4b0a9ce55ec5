/**
 * The process that a module runs in: `node --enable-source-maps stage-host.js JOB`.
 *
 * It ends by itself when `run(context)` is over and nothing keeps the event loop busy, with exit code 0 or 1. What goes
 * wrong is said on stderr, in the lines of the TypeScript sources.
 *
 * @module
 */

import { readFileSync, unlinkSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { deserialize } from 'node:v8';
import type { HostJob, ParamsJob } from '../modules/index.ts';
import { explainError } from './explain-error.ts';
import { report } from './report.ts';
import { runStage } from './run-stage.ts';

/** Node's own exit code of a module whose top level awaits what nothing will settle. */
const NEVER_SETTLED = 13;

const jobFile = process.argv[2];
if (jobFile === undefined) throw new TypeError('The file of the job is missing');
const job = deserialize(readFileSync(jobFile)) as HostJob;
unlinkSync(jobFile);
// Not awaited: a run that never ends would be Node's business then, and its message.
if (job.kind === 'params') void reportParams(job);
else void runStage(job, process, process.env['DVC_ROOT'] ?? process.cwd());

async function reportParams({ bundles, root }: ParamsJob): Promise<void> {
  process.on('beforeExit', () => {
    process.exitCode = NEVER_SETTLED;
  });
  for (const bundle of bundles) {
    try {
      const { params } = (await import(pathToFileURL(bundle).href)) as { readonly params?: unknown };
      report({ kind: 'params', schema: params });
    } catch (error) {
      report({ kind: 'params-failed', message: explainError(error, root) });
    }
  }
  process.exit(0);
}
