/**
 * What the live lines show, kept from event to event.
 *
 * @module
 */

import type { StageGraph } from '../../graph/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { RunEvent } from '../../run/index.ts';
import { type Durations, type Remaining, remaining } from '../../runs/index.ts';
import { type LiveProgress, type LiveStage, type LiveView, stageLeftMs } from './frame.ts';

export interface LiveRun {
  readonly plan: Plan;
  readonly graph: StageGraph;
  readonly durations: Durations;
  readonly jobs: number;
  readonly startedMs: number;
}

export interface LiveState {
  readonly observe: (event: RunEvent, nowMs: number) => void;
  readonly view: (nowMs: number) => Omit<LiveView, 'partialLine' | 'isStopping'>;
}

interface Running {
  readonly name: string;
  readonly startedMs: number;
  readonly expectedMs: number | undefined;
  activity: LiveStage['activity'];
  progress: LiveProgress | undefined;
}

const ESTIMATE_EVERY_MS = 1000;
/** Of the time: thousands of stages take milliseconds. */
const MAX_SHARE = 0.02;

/** @param clock In milliseconds, for measuring. */
export function createLiveState(run: LiveRun, clock: () => number): LiveState {
  const { plan, graph, durations, jobs } = run;
  const running = new Map<string, Running>();
  const counts = { ran: 0, restored: 0, failed: 0, skipped: 0 };
  /** Those that something may still be done for. */
  const waiting = new Map(
    plan.stages
      .filter(({ verdict }) => verdict.kind !== 'fresh' && verdict.kind !== 'frozen')
      .map(({ stage, verdict }) => [stage.name, { stage, isRun: verdict.kind !== 'restore' }]),
  );
  let estimate: { readonly atMs: number; readonly left: Remaining | undefined } | undefined;
  let pauseMs = 0;

  const start = (name: string, activity: LiveStage['activity'], nowMs: number): void => {
    const { stage } = waiting.get(name) ?? { stage: graph.stages.get(name)! };
    const expectedMs = activity === 'running' ? durations.of(stage) : undefined;
    running.set(name, { name, activity, startedMs: nowMs, expectedMs, progress: undefined });
    waiting.delete(name);
  };
  const leftAt = (stages: readonly LiveStage[], nowMs: number): Remaining | undefined => {
    if (estimate === undefined || nowMs - estimate.atMs >= pauseMs) {
      const beforeMs = clock();
      const busy = stages.map((stage) => {
        const leftMs = stage.activity === 'running' ? stageLeftMs(stage) : 0;
        return { name: stage.name, leftMs: leftMs === undefined ? undefined : Math.max(0, leftMs) };
      });
      const coming = [...waiting.values()].flatMap(({ stage, isRun }) => (isRun ? [stage] : []));
      estimate = { atMs: nowMs, left: remaining(graph, busy, coming, durations, jobs) };
      pauseMs = Math.max(ESTIMATE_EVERY_MS, (clock() - beforeMs) / MAX_SHARE);
    }
    const { atMs, left } = estimate;
    return left && { ...left, durationMs: Math.max(0, left.durationMs - (nowMs - atMs)) };
  };
  return {
    observe: (event, nowMs) => {
      if (event.kind === 'started') start(event.stage.name, 'running', nowMs);
      else if (event.kind === 'restoring') start(event.stage.name, 'restoring', nowMs);
      else if (event.kind === 'progress') {
        const stage = running.get(event.stage);
        if (stage !== undefined) stage.progress = event;
      } else if (event.kind === 'ended') {
        const stage = running.get(event.stage);
        if (stage !== undefined) stage.activity = 'keeping';
      } else if (event.kind === 'finished') {
        running.delete(event.stage.name);
        waiting.delete(event.stage.name);
        const { kind } = event.outcome;
        if (kind === 'ran' || kind === 'restored' || kind === 'failed' || kind === 'skipped')
          counts[kind] += 1;
      }
    },
    view: (nowMs) => {
      const stages = [...running.values()].map(
        ({ name, activity, startedMs, progress, expectedMs }): LiveStage => ({
          name,
          activity,
          elapsedMs: nowMs - startedMs,
          progress,
          expectedMs,
        }),
      );
      return {
        running: stages,
        counts: { ...counts, waiting: waiting.size },
        elapsedMs: nowMs - run.startedMs,
        left: leftAt(stages, nowMs),
      };
    },
  };
}
