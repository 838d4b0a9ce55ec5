/**
 * Follows the events of a run and keeps its record: saved when the first stage starts, about each second while things
 * happen, and at the end. A run that is killed leaves a record that is still open.
 *
 * @module
 */

import { isSystemError } from '../../cache/index.ts';
import type { Clock } from '../core/index.ts';
import type { StageGraph } from '../graph/index.ts';
import type { Change, Plan, PlannedStage } from '../plan/index.ts';
import type { RunEvent, StageExit, StageOutcome } from '../run/index.ts';
import { groupIdOf } from './durations.ts';
import type { ChangeRecord, RunEnd, RunRecord, StageRecord } from './run-record.ts';

export interface RecorderOptions {
  /** What is known before the run. */
  readonly head: Omit<RunRecord, 'version' | 'end' | 'stages' | 'unchanged'>;
  readonly startedMs: number;
  readonly plan: Plan;
  readonly graph: StageGraph;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly describe: (change: Change) => ChangeRecord;
  readonly save: (record: RunRecord) => void;
}

export interface Recorder {
  readonly observe: (event: RunEvent) => void;
  /** Saves the record for good. */
  readonly finish: (exitCode: number) => RunRecord;
}

const SAVE_EVERY_MS = 1000;
/** Saving takes at most so much of the time: the record of thousands of stages is long. */
const MAX_SHARE = 0.02;

interface Entry {
  readonly planned: PlannedStage;
  outcome: StageRecord['outcome'] | 'unchanged';
  because: readonly Change[];
  startMs: number | undefined;
  durationMs: number | undefined;
  exit: StageExit | undefined;
  errors: readonly string[];
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { plan, clock, startedMs } = options;
  const entries = new Map(plan.stages.map((planned) => [planned.stage.name, newEntry(planned)]));
  const now = (): number => clock.nowMs() - startedMs;
  let timer: NodeJS.Timeout | undefined;
  let isSaved = false;
  const save = (end: RunEnd): RunRecord => {
    const record = recordOf(options, entries, end);
    try {
      options.save(record);
    } catch (error) {
      // A full disk: the run goes on, and what it made is told by the lock.
      if (!isSystemError(error)) throw error;
    }
    return record;
  };
  const saveOpen = (): void => {
    const beforeMs = now();
    timer = undefined;
    save({ kind: 'open', seenMs: beforeMs });
    pauseMs = Math.max(SAVE_EVERY_MS, (now() - beforeMs) / MAX_SHARE);
  };
  let pauseMs = SAVE_EVERY_MS;
  const start = (name: string, outcome: 'running' | 'restoring', because: readonly Change[]): void => {
    Object.assign(entries.get(name)!, { outcome, because, startMs: now() });
    if (isSaved) timer ??= setTimeout(saveOpen, pauseMs).unref();
    else saveOpen();
    isSaved = true;
  };
  return {
    observe: (event) => {
      switch (event.kind) {
        case 'started':
          start(event.stage.name, 'running', event.because);
          return;
        case 'restoring':
          start(event.stage.name, 'restoring', event.because);
          return;
        case 'ended':
          entries.get(event.stage)!.exit = event.exit;
          return;
        case 'finished':
          finishEntry(entries.get(event.stage.name)!, event.outcome, now());
          return;
        case 'recovered':
        case 'waiting-for-lock':
        case 'corrupt-object':
        case 'not-kept':
        case 'dead-holder':
        case 'output':
        case 'progress':
          return;
      }
    },
    finish: (exitCode) => {
      clearTimeout(timer);
      return save({ kind: 'ended', exitCode, durationMs: now() });
    },
  };
}

const newEntry = (planned: PlannedStage): Entry => ({
  planned,
  outcome: 'waiting',
  because: 'because' in planned.verdict ? planned.verdict.because : [],
  startMs: undefined,
  durationMs: undefined,
  exit: undefined,
  errors: [],
});

function finishEntry(entry: Entry, outcome: StageOutcome, nowMs: number): void {
  const isUnchanged = outcome.kind === 'fresh' || outcome.kind === 'frozen';
  entry.outcome = isUnchanged ? 'unchanged' : outcome.kind;
  if (entry.startMs !== undefined) entry.durationMs = nowMs - entry.startMs;
  if (outcome.kind === 'failed') entry.errors = outcome.why.map(({ message }) => message);
}

function recordOf(
  { head, graph, describe }: RecorderOptions,
  entries: ReadonlyMap<string, Entry>,
  end: RunEnd,
): RunRecord {
  const shown = [...entries.values()].filter(({ outcome, planned }) => {
    const isSettled = planned.verdict.kind === 'fresh' || planned.verdict.kind === 'frozen';
    return outcome !== 'unchanged' && !(outcome === 'waiting' && isSettled);
  });
  const names = new Set(shown.map(({ planned }) => planned.stage.name));
  const stages = shown.map((entry): StageRecord => {
    const { stage, verdict } = entry.planned;
    const { exit } = entry;
    const usage = exit === undefined || exit.kind === 'spawn-failed' ? undefined : exit.usage;
    return {
      name: stage.id,
      group: groupIdOf(stage),
      verdict: verdict.kind,
      outcome: entry.outcome as StageRecord['outcome'],
      because: entry.because.map(describe),
      needs: graph
        .upstream(stage.name)
        .flatMap((name) => (names.has(name) ? graph.stages.get(name)!.id : [])),
      startMs: rounded(entry.startMs),
      durationMs: rounded(entry.durationMs),
      cpuMs: rounded(usage?.cpuMs),
      maxRssBytes: usage?.maxRssBytes,
      exitCode: exit?.kind === 'exited' ? exit.code : undefined,
      signal: exit?.kind === 'signalled' ? exit.signal : undefined,
      errors: entry.errors,
    };
  });
  const unchanged = [...entries].flatMap(([name, { planned }]) => (names.has(name) ? [] : planned.stage.id));
  return { version: 1, ...head, end: roundedEnd(end), stages, unchanged };
}

const rounded = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms);

const roundedEnd = (end: RunEnd): RunEnd =>
  end.kind === 'open'
    ? { ...end, seenMs: Math.round(end.seenMs) }
    : { ...end, durationMs: Math.round(end.durationMs) };
