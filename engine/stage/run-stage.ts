/**
 * Runs a module's `run(context)` to its end, and tells a run that failed from one that never ended.
 *
 * @module
 */

import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { StageContext } from './context.ts';
import { explainError } from './explain-error.ts';
import type { RunJob } from './host-protocol.ts';
import { report } from './report.ts';
import { seededRandom } from './seeded-random.ts';

const PROGRESS_INTERVAL_MS = 50;
const LINGERING_MS = 2_000;

export async function runStage(job: RunJob): Promise<void> {
  let state: 'running' | 'done' | 'failed' = 'running';
  const fail = (message: string): void => {
    state = 'failed';
    process.exitCode = 1;
    process.stderr.write(`${message}\n`);
  };
  process.on('uncaughtException', (error) => {
    fail(explainError(error));
    process.exit(1);
  });
  process.on('beforeExit', () => {
    if (state === 'running') {
      fail(`Stage "${job.stage}": run() never ended: it awaits something that nothing will settle`);
    }
  });
  process.on('exit', (code) => {
    if (state === 'running') {
      const isSilent = code === 0 || code === 13;
      if (isSilent) fail(`Stage "${job.stage}": the process ended before run() did`);
    }
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    report({ kind: 'usage', cpuMs: (userCPUTime + systemCPUTime) / 1000, maxRssBytes: maxRSS * 1024 });
  });
  const cancelled = new AbortController();
  try {
    const { default: run } = (await import(pathToFileURL(job.bundle).href)) as { readonly default?: unknown };
    if (typeof run !== 'function') {
      fail(
        `The module of stage "${job.stage}" has no default function: export default async function run(context)`,
      );
      return;
    }
    await (run as (context: StageContext) => unknown)(contextOf(job, cancelled));
    state = 'done';
    warnIfLingering(job.stage);
  } catch (error) {
    if (!cancelled.signal.aborted) fail(explainError(error));
    // What still keeps the event loop busy is of no use any more.
    process.exit(1);
  } finally {
    if (cancelled.signal.aborted) process.exit(1);
  }
}

function contextOf(job: RunJob, cancelled: AbortController): StageContext {
  return {
    stage: job.stage,
    params: job.params,
    with: job.with as StageContext['with'],
    deps: job.deps,
    outs: job.outs,
    log: (message) => {
      process.stdout.write(`${message}\n`);
    },
    progress: progressReporter(),
    get signal() {
      return listen(cancelled);
    },
    random: seededRandom(job.stage),
    threads: job.threads,
    checkpointDirectory: () => {
      mkdirSync(job.checkpointDirectory, { recursive: true });
      return job.checkpointDirectory;
    },
  };
}

/** A module that never looks at the signal is ended by SIGTERM at once, as any process. */
function listen(cancelled: AbortController): AbortSignal {
  if (process.listenerCount('SIGTERM') === 0) {
    process.on('SIGTERM', () => {
      cancelled.abort();
    });
  }
  return cancelled.signal;
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
function warnIfLingering(stage: string): void {
  const timer = setTimeout(() => {
    const kept = [...new Set(process.getActiveResourcesInfo())].filter(
      (name) => !/^(?:PipeWrap|TTYWrap|Timeout|SignalWrap)$/.test(name),
    );
    process.stderr.write(
      `Stage "${stage}": run() is over, but something keeps the process open${kept.length > 0 ? `: ${kept.join(', ')}` : ''}\n`,
    );
  }, LINGERING_MS);
  timer.unref();
}
