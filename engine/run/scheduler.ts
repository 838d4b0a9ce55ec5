/**
 * The scheduler: starts stages in plan order as soon as what they need is done and slots are free.
 *
 * The result does not depend on the number of slots: a stage sees only what its own upstream made.
 *
 * @module
 */

import type { StageGraph } from '../graph/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { isDone, type StageOutcome } from './event.ts';

export interface SchedulerOptions {
  readonly slots: number;
  /** After a failure, go on with what does not need the failed stage. */
  readonly keepGoing: boolean;
  /** Aborted: nothing more is started. */
  readonly signal: AbortSignal;
  /** An unexpected error: called before the rest is waited for. */
  readonly onCrash: () => void;
  readonly run: (stage: ResolvedStage, slots: number) => Promise<StageOutcome>;
  readonly onOutcome: (stage: ResolvedStage, outcome: StageOutcome) => void;
}

/**
 * @param selected In plan order, with all that they need.
 * @param outcomes Filled as stages end; read by `run` to see what is done.
 * @throws The first unexpected error of `run`, when everything has ended.
 */
export async function schedule(
  graph: StageGraph,
  selected: readonly string[],
  outcomes: Map<string, StageOutcome>,
  options: SchedulerOptions,
): Promise<void> {
  const chosen = new Set(selected);
  const waiting = new Set(selected);
  const missing = new Map<string, number>();
  for (const name of selected) {
    missing.set(name, graph.upstream(name).filter((upstream) => chosen.has(upstream)).length);
  }
  const running = new Set<Promise<void>>();
  let free = options.slots;
  const failed = new Set<string>();

  const settle = (stage: ResolvedStage, outcome: StageOutcome): void => {
    outcomes.set(stage.name, outcome);
    options.onOutcome(stage, outcome);
    if (outcome.kind === 'failed') failed.add(stage.name);
    for (const next of graph.downstream(stage.name)) {
      if (chosen.has(next)) missing.set(next, missing.get(next)! - 1);
    }
  };
  const crashes: unknown[] = [];
  const launch = async (stage: ResolvedStage, slots: number): Promise<void> => {
    try {
      settle(stage, await options.run(stage, slots));
    } catch (error) {
      crashes.push(error);
      options.onCrash();
      settle(stage, { kind: 'cancelled' });
    }
    free += slots;
  };

  for (;;) {
    for (const name of waiting) {
      if (free === 0) break;
      if (missing.get(name)! > 0) continue;
      const stage = graph.stages.get(name)!;
      const broken = graph.upstream(name).filter((upstream) => !isFine(outcomes.get(upstream)));
      const halted = options.signal.aborted || (failed.size > 0 && !options.keepGoing);
      const slots = Math.min(stage.cpu, options.slots);
      if (broken.length === 0 && !halted && slots > free) continue;
      waiting.delete(name);
      if (broken.length > 0 || halted) {
        settle(stage, options.signal.aborted ? { kind: 'cancelled' } : { kind: 'skipped', upstream: broken });
        continue;
      }
      free -= slots;
      const task: Promise<void> = launch(stage, slots).then(() => {
        running.delete(task);
      });
      running.add(task);
    }
    if (running.size > 0) await Promise.race(running);
    else if (waiting.size === 0) break;
  }
  if (crashes.length > 0) throw crashes[0];
}

/** Stages that were not selected count as they stand. */
const isFine = (outcome: StageOutcome | undefined): boolean => outcome === undefined || isDone(outcome);
