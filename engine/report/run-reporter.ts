/**
 * A run for people, in plain lines: each stage with its reason, its output whole, and a summary.
 *
 * @module
 */

import { renderDiagnostics } from '../core/index.ts';
import type { Change } from '../plan/index.ts';
import type { Reporter, RunEvent, StageOutcome } from '../run/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { listText, reasonText } from './change-text.ts';
import { createExplainer } from './explain.ts';
import { lossText } from './loss-text.ts';

export interface RunReporterOptions {
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** One stage at a time: its output is passed on as it comes. */
  readonly isSerial: boolean;
  /** Reasons back to the first cause. */
  readonly isExplaining: boolean;
  /** Since the run began; given, each line of ours says it, for logs that nobody watches. */
  readonly elapsedMs?: (() => number) | undefined;
  readonly out: (text: string | Uint8Array) => void;
  readonly error: (text: string) => void;
}

export interface RunReporter {
  readonly report: Reporter;
  /** The last line: counts, or that there was nothing to do. */
  readonly summary: (outcomes: ReadonlyMap<string, StageOutcome>, durationMs: number) => string;
}

export function createRunReporter(options: RunReporterOptions): RunReporter {
  const { verbosity, isSerial, error, elapsedMs } = options;
  const explainer = createExplainer();
  const reasonOf = (stage: ResolvedStage, because: readonly Change[]): string =>
    options.isExplaining ? explainer.reason(stage, because) : reasonText(because);
  /** What is shown of a stage when it ends. */
  const held = new Map<string, { readonly reason: string; readonly chunks: Uint8Array[] }>();
  /** A stage has ended its output in the middle of a line. */
  let isMidLine = false;
  const output = (chunk: Uint8Array): void => {
    if (chunk.length === 0) return;
    options.out(chunk);
    isMidLine = chunk.at(-1) !== LINE_FEED;
  };
  const endLine = (): void => {
    if (isMidLine) options.out('\n');
    isMidLine = false;
  };
  const say = (text: string): void => {
    if (verbosity === 'quiet') return;
    endLine();
    const stamp = elapsedMs === undefined ? '' : `[${(elapsedMs() / 1000).toFixed(1).padStart(7)} s] `;
    options.out(`${stamp}${text}\n`);
  };
  const start = (stage: ResolvedStage, reason: string): void => {
    say(`Running stage '${stage.name}': ${reason}`);
    for (const line of actionLines(stage)) say(`> ${line}`);
  };
  const report = (event: RunEvent): void => {
    switch (event.kind) {
      case 'started':
        if (isSerial) start(event.stage, reasonOf(event.stage, event.because));
        else held.set(event.stage.name, { reason: reasonOf(event.stage, event.because), chunks: [] });
        return;
      case 'output':
        if (isSerial) output(event.chunk);
        else held.get(event.stage)?.chunks.push(event.chunk);
        return;
      case 'finished':
        finish(event.stage, event.outcome);
        return;
      case 'progress':
      case 'restoring':
      case 'ended':
        return;
      case 'waiting-for-lock':
        error(`Waiting for ${event.holder}\n`);
        return;
      case 'recovered':
        error(`${recoveredText(event.stages, event.endedProcesses)}\n`);
        return;
      case 'dead-holder':
        error(`Process ${event.pid} (${event.cmd}) was killed: what it worked with is free again\n`);
        return;
      case 'not-kept':
        error(`${lossText(event.out, event.losses)}\n`);
        return;
      case 'corrupt-object':
        error(`The cache object ${event.digest} was damaged and has been removed\n`);
        return;
    }
  };
  const finish = (stage: ResolvedStage, outcome: StageOutcome): void => {
    const shown = held.get(stage.name);
    if (shown !== undefined) {
      start(stage, shown.reason);
      for (const chunk of shown.chunks) output(chunk);
      held.delete(stage.name);
    }
    switch (outcome.kind) {
      case 'fresh':
      case 'frozen':
        if (verbosity === 'verbose') say(`Stage '${stage.name}' ${UNCHANGED[outcome.kind]}, skipping`);
        return;
      case 'restored':
        say(`Restored stage '${stage.name}' from the cache: ${reasonOf(stage, outcome.because)}`);
        return;
      case 'recorded':
        say(`Recorded '${stage.name}' as it stands: ${reasonOf(stage, outcome.because)}`);
        return;
      case 'ran':
        say(`Stage '${stage.name}' done in ${durationText(outcome.durationMs)}\n`);
        return;
      case 'failed':
        endLine();
        error(`${renderDiagnostics(outcome.why)}\n`);
        return;
      case 'skipped':
        if (outcome.upstream.length > 0)
          say(`Skipped stage '${stage.name}': needs ${listText(outcome.upstream)}`);
        return;
      case 'cancelled':
        return;
    }
  };
  return { report, summary: summaryText };
}

const LINE_FEED = 0x0a;

const UNCHANGED = { fresh: "didn't change", frozen: 'is frozen' } as const;

function actionLines({ action }: ResolvedStage): readonly string[] {
  if (action.kind === 'source') return [];
  if (action.kind === 'module') return [action.module];
  return typeof action.cmd === 'string' ? action.cmd.trimEnd().split('\n') : action.cmd;
}

function summaryText(outcomes: ReadonlyMap<string, StageOutcome>, durationMs: number): string {
  const counts = new Map<StageOutcome['kind'], number>();
  for (const { kind } of outcomes.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = ['ran', 'restored', 'recorded', 'failed', 'skipped', 'cancelled'] as const;
  const told = kinds.flatMap((kind) => (counts.has(kind) ? [`${counts.get(kind)!} ${kind}`] : []));
  if (told.length === 0) return UP_TO_DATE;
  const unchanged = (counts.get('fresh') ?? 0) + (counts.get('frozen') ?? 0);
  return `${[...told, `${unchanged} unchanged`].join(', ')} in ${durationText(durationMs)}`;
}

const UP_TO_DATE = 'Data and pipelines are up to date.';

function recoveredText(stages: readonly string[], endedProcesses: number): string {
  const ended = endedProcesses > 0 ? `, ended ${endedProcesses} of its processes` : '';
  const folded = stages.length > 0 ? `, kept what it had made of ${listText(stages)}` : '';
  return `Recovered from a run that was interrupted${ended}${folded}`;
}

export function durationText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
