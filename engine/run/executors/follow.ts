/**
 * From processes to a `StageProcess`: one after the other until one fails, with one pipe for what they write, and a
 * cancel that ends whichever is running.
 *
 * @module
 */

import type { Clock } from '../../core/index.ts';
import { openOutputPipe } from './output-pipe.ts';
import { endGroup } from './process-group.ts';
import type { StageExit, StageHooks, StageProcess } from './stage-process.ts';
import { type ProcessEnd, type ProcessRequest, startProcess } from './start-process.ts';

export type Step = Omit<ProcessRequest, 'output'>;

export function follow(steps: readonly Step[], hooks: StageHooks, clock: Clock): StageProcess {
  let running: number | undefined;
  let cancelling: Promise<void> | undefined;
  const isCancelled = (): boolean => cancelling !== undefined;

  const runAll = async (): Promise<StageExit> => {
    const startedMs = clock.nowMs();
    const pipe = await openOutputPipe(hooks.onOutput);
    let end: ProcessEnd = { kind: 'exited', code: 0 };
    try {
      for (const step of steps) {
        if (isCancelled()) {
          end = { kind: 'signalled', signal: 'SIGTERM' };
          break;
        }
        const started = await startProcess({ ...step, output: pipe.descriptor });
        if (started.group !== undefined) {
          running = started.group.pid;
          hooks.onStart(started.group);
          if (isCancelled()) await endGroup(running, clock);
        }
        end = await started.end;
        if (end.kind !== 'exited' || end.code !== 0) break;
      }
      await cancelling;
    } finally {
      await pipe.finish();
    }
    return end.kind === 'exited' ? { ...end, durationMs: clock.nowMs() - startedMs } : end;
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
