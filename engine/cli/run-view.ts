/**
 * How a person sees a run: with live lines on a screen, in plain lines elsewhere.
 *
 * @module
 */

import type { Plan } from '../plan/index.ts';
import { createLiveDisplay, createRunReporter, type LiveDisplay } from '../report/index.ts';
import type { Reporter, StageOutcome } from '../run/index.ts';
import { readDurations } from '../runs/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

export interface RunViewOptions {
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  readonly isSerial: boolean;
  readonly isExplaining: boolean;
  /** Stdout is for data: all else goes to stderr. */
  readonly isJson: boolean;
  readonly startedMs: number;
}

export interface RunView {
  readonly report: Reporter;
  /** Before the first stage: from now until `end` there may be live lines. */
  readonly begin: (workspace: Workspace, plan: Plan, jobs: number, signal: AbortSignal) => void;
  readonly end: () => void;
  readonly summary: (outcomes: ReadonlyMap<string, StageOutcome>, durationMs: number) => string;
}

export function createRunView(terminal: Terminal, options: RunViewOptions): RunView {
  const { verbosity, isJson, startedMs } = options;
  const live =
    terminal.screen === undefined || isJson || verbosity === 'quiet'
      ? undefined
      : createLiveDisplay(terminal.screen, systemClock.nowMs);
  const out = isJson ? (text: string | Uint8Array) => process.stderr.write(text) : terminal.out;
  const { report, summary } = createRunReporter({
    ...options,
    elapsedMs: process.env['CI'] && !terminal.screen ? () => systemClock.nowMs() - startedMs : undefined,
    out: live?.out ?? out,
    error: (text) => {
      if (live === undefined) terminal.error(text);
      else {
        live.aside(() => {
          terminal.error(text);
        });
      }
    },
  });
  let leave = (): void => undefined;
  return {
    report: (event) => {
      live?.observe(event);
      report(event);
    },
    begin: (workspace, plan, jobs, signal) => {
      if (live === undefined) return;
      const { fs, state, pipeline } = workspace;
      const durations = readDurations(fs, state);
      live.begin({ plan, graph: pipeline.graph, durations, jobs, startedMs }, signal);
      leave = minding(live);
    },
    end: () => {
      live?.end();
      leave();
    },
    summary,
  };
}

/** The cursor comes back whenever the process leaves the screen: at its exit, and while it is stopped (Ctrl-Z). */
function minding(live: LiveDisplay): () => void {
  const stop = (): void => {
    live.pause();
    process.kill(process.pid, 'SIGSTOP');
  };
  process.on('exit', live.end);
  process.on('SIGTSTP', stop);
  process.on('SIGCONT', live.resume);
  return () => {
    process.off('exit', live.end);
    process.off('SIGTSTP', stop);
    process.off('SIGCONT', live.resume);
  };
}
