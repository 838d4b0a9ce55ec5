/**
 * Runs a module's `run(context)` to its end, and tells a run that failed from one that never ended.
 *
 * @module
 */

import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { RunJob } from '../modules/index.ts';
import type { StageContext } from './context.ts';
import { explainError } from './explain-error.ts';
import { report } from './report.ts';
import { seededRandom } from './seeded-random.ts';

const PROGRESS_INTERVAL_MS = 50;
const LINGERING_MS = 2_000;

/**
 * @param host The process that it runs in, all its own.
 * @param root Absolute; of the project.
 */
export async function runStage(job: RunJob, host: NodeJS.Process, root: string): Promise<void> {
  let isOver = false;
  const fail = (message: string): void => {
    isOver = true;
    host.exitCode = 1;
    host.stderr.write(`${message}\n`);
  };
  host.on('uncaughtException', (error) => {
    fail(explainError(error, root));
    host.exit(1);
  });
  host.on('beforeExit', () => {
    if (!isOver) fail(`Stage "${job.stage}": run() never ended: it awaits what nothing will settle`);
  });
  host.on('exit', (code) => {
    if (!isOver && code === 0) fail(`Stage "${job.stage}": the process was ended before run() was over`);
    const { userCPUTime, systemCPUTime, maxRSS } = host.resourceUsage();
    report({ kind: 'usage', cpuMs: (userCPUTime + systemCPUTime) / 1000, maxRssBytes: maxRSS * 1024 });
  });
  const cancelled = new AbortController();
  try {
    const { default: run } = (await import(pathToFileURL(job.bundle).href)) as { readonly default?: unknown };
    if (typeof run !== 'function') {
      fail(`Stage "${job.stage}": the default export of its module is not a function`);
      host.exit(1);
    }
    await (run as (context: StageContext) => unknown)(contextOf(job, host, cancelled));
    isOver = true;
  } catch (error) {
    isOver = true;
    if (!cancelled.signal.aborted) fail(explainError(error, root));
    // What still keeps the event loop busy is of no use any more.
    host.exit(1);
  }
  if (cancelled.signal.aborted) host.exit(1);
  warnIfLingering(job.stage, host);
}

function contextOf(job: RunJob, host: NodeJS.Process, cancelled: AbortController): StageContext {
  let isListening = false;
  /** A module that never looks at the signal is ended by SIGTERM at once, as any process. */
  const listen = (): AbortSignal => {
    if (!isListening) {
      host.on('SIGTERM', () => {
        cancelled.abort();
      });
    }
    isListening = true;
    return cancelled.signal;
  };
  return {
    stage: job.stage,
    params: job.params,
    with: job.with as StageContext['with'],
    deps: job.deps,
    outs: job.outs,
    log: (message) => {
      host.stdout.write(`${message}\n`);
    },
    progress: progressReporter(),
    get signal() {
      return listen();
    },
    random: seededRandom(job.stage),
    threads: job.threads,
    environment: host.env,
    checkpointDirectory: () => {
      mkdirSync(job.checkpointDirectory, { recursive: true });
      return job.checkpointDirectory;
    },
  };
}

/** The end of the work is always told, what comes before it not more often than a person can see. */
function progressReporter(): StageContext['progress'] {
  let reportedMs = -Infinity;
  return (done, total, note) => {
    const nowMs = performance.now();
    if (nowMs - reportedMs < PROGRESS_INTERVAL_MS && done !== total) return;
    reportedMs = nowMs;
    report({ kind: 'progress', done, total, note });
  };
}

/** A forgotten worker or server keeps the process: not an error (something may still be written), but to be known. */
function warnIfLingering(stage: string, host: NodeJS.Process): void {
  const timer = setTimeout(() => {
    const kept = [...new Set(host.getActiveResourcesInfo())].filter(
      (name) => !/^(?:Pipe|TTY|Signal)/.test(name),
    );
    const what = kept.length > 0 ? ` (${kept.join(', ')})` : '';
    host.stderr.write(`Stage "${stage}": run() is over, but something keeps the process open${what}\n`);
  }, LINGERING_MS);
  timer.unref();
}
