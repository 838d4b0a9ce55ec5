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
  /** After a failure, go on with what does not need the failed stage; `ignore`: with that too. */
  readonly onFailure: 'stop' | 'keep-going' | 'ignore';
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
  const rankOf = new Map(selected.map((name, rank) => [name, rank]));
  const missing = new Map<string, number>();
  for (const name of selected) {
    missing.set(name, graph.upstream(name).filter((upstream) => rankOf.has(upstream)).length);
  }
  /** What waits for nothing but a slot, in plan order. */
  const ready = selected.filter((name) => missing.get(name) === 0);
  const running = new Set<Promise<void>>();
  let free = options.slots;
  const failed = new Set<string>();

  const settle = (stage: ResolvedStage, outcome: StageOutcome): void => {
    outcomes.set(stage.name, outcome);
    options.onOutcome(stage, outcome);
    if (outcome.kind === 'failed') failed.add(stage.name);
    for (const next of graph.downstream(stage.name)) {
      if (!rankOf.has(next)) continue;
      missing.set(next, missing.get(next)! - 1);
      if (missing.get(next) === 0) insertByRank(ready, next, rankOf);
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

  const isFine = (outcome: StageOutcome | undefined): boolean =>
    // Stages that were not selected count as they stand.
    outcome === undefined || isDone(outcome) || (options.onFailure === 'ignore' && outcome.kind === 'failed');

  const isHalted = (): boolean => options.signal.aborted || (failed.size > 0 && options.onFailure === 'stop');

  for (;;) {
    for (let i = 0; i < ready.length && free > 0; ) {
      const name = ready[i]!;
      const stage = graph.stages.get(name)!;
      const broken = graph.upstream(name).filter((upstream) => !isFine(outcomes.get(upstream)));
      const slots = Math.min(stage.cpu, options.slots);
      if (broken.length === 0 && !isHalted() && slots > free) {
        i += 1;
        continue;
      }
      ready.splice(i, 1);
      if (broken.length > 0 || isHalted()) {
        settle(stage, options.signal.aborted ? { kind: 'cancelled' } : { kind: 'skipped', upstream: broken });
        i = 0;
        continue;
      }
      free -= slots;
      const task: Promise<void> = launch(stage, slots).then(() => {
        running.delete(task);
      });
      running.add(task);
    }
    if (running.size > 0) await Promise.race(running);
    else if (ready.length === 0) break;
  }
  if (crashes.length > 0) throw crashes[0];
}

/** Keeps the list in plan order. */
function insertByRank(list: string[], name: string, rankOf: ReadonlyMap<string, number>): void {
  const rank = rankOf.get(name)!;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rankOf.get(list[middle]!)! < rank) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, name);
}
