/**
 * From processes to a `StageProcess`: one after the other until one fails, with one pipe for what they write, and a
 * cancel that ends whichever is running.
 *
 * @module
 */

import type { Clock } from '../../core/index.ts';
import { openOutputPipe } from './output-pipe.ts';
import { endGroup } from './process-group.ts';
import type { ProcessUsage, StageExit, StageHooks, StageProcess } from './stage-process.ts';
import { type ProcessEnd, type ProcessRequest, startProcess } from './start-process.ts';

export type Step = Omit<ProcessRequest, 'output'>;

export function follow(steps: readonly Step[], hooks: StageHooks, clock: Clock): StageProcess {
  let running: number | undefined;
  let cancelling: Promise<void> | undefined;
  const isCancelled = (): boolean => cancelling !== undefined;

  const runAll = async (): Promise<StageExit> => {
    const startedMs = clock.nowMs();
    const pipe = await openOutputPipe(hooks.onOutput);
    let end: ProcessEnd = { kind: 'exited', code: 0, usage: NOTHING_USED };
    let usage = NOTHING_USED;
    try {
      for (const step of steps) {
        if (isCancelled()) {
          end = { kind: 'signalled', signal: 'SIGTERM', usage: NOTHING_USED };
          break;
        }
        const started = await startProcess({ ...step, output: pipe.descriptor });
        if (started.group !== undefined) {
          running = started.group.pid;
          hooks.onStart(started.group);
          if (isCancelled()) await endGroup(running, clock);
        }
        end = await started.end;
        if (end.kind !== 'spawn-failed') usage = together(usage, end.usage);
        if (end.kind !== 'exited' || end.code !== 0) break;
      }
      await cancelling;
    } finally {
      await pipe.finish();
    }
    if (end.kind === 'spawn-failed') return end;
    return { ...end, usage, durationMs: clock.nowMs() - startedMs };
  };

  const done = runAll().catch(
    (error: unknown): StageExit => ({
      kind: 'spawn-failed',
      message: error instanceof Error ? error.message : String(error),
    }),
  );
  return {
    done,
    cancel: async () => {
      cancelling ??= running === undefined ? Promise.resolve() : endGroup(running, clock);
      await done;
    },
  };
}

const NOTHING_USED: ProcessUsage = { cpuMs: 0, maxRssBytes: undefined };

/** Of processes one after the other. */
const together = (a: ProcessUsage, b: ProcessUsage): ProcessUsage => ({
  cpuMs: a.cpuMs === undefined || b.cpuMs === undefined ? undefined : a.cpuMs + b.cpuMs,
  maxRssBytes:
    a.maxRssBytes === undefined || b.maxRssBytes === undefined
      ? (a.maxRssBytes ?? b.maxRssBytes)
      : Math.max(a.maxRssBytes, b.maxRssBytes),
});
