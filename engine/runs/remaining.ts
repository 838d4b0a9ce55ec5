/**
 * How long a run that is going on will still take.
 *
 * @module
 */

import type { StageGraph } from '../graph/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Durations } from './durations.ts';
import { simulate, type Task } from './simulate.ts';

export interface RunningStage {
  readonly name: string;
  /** Undefined where it is not known. */
  readonly leftMs: number | undefined;
}

export interface Remaining {
  readonly durationMs: number;
  /** Of some stages it is not known how long they take: it will be longer. */
  readonly isAtLeast: boolean;
}

/**
 * @param waiting Stages that may still run, in plan order.
 * @returns Undefined where nothing is known of any of them.
 */
export function remaining(
  graph: StageGraph,
  running: readonly RunningStage[],
  waiting: readonly ResolvedStage[],
  durations: Durations,
  jobs: number,
): Remaining | undefined {
  const names = new Set([...running, ...waiting].map(({ name }) => name));
  const expected = waiting.map((stage) => durations.of(stage));
  const known = [...running.map(({ leftMs }) => leftMs), ...expected].filter((ms) => ms !== undefined);
  if (known.length === 0) return undefined;
  const tasks: readonly Task[] = [
    // First, so that they have their slots, as they do.
    ...running.map(({ name, leftMs = 0 }) => ({
      name,
      needs: [],
      slots: graph.stages.get(name)!.cpu,
      durationMs: leftMs,
    })),
    ...waiting.map(({ name, cpu }, i) => ({
      name,
      needs: graph.upstream(name).filter((upstream) => names.has(upstream)),
      slots: cpu,
      durationMs: expected[i] ?? 0,
    })),
  ];
  const spans = simulate(tasks, jobs);
  return {
    durationMs: [...spans.values()].reduce((latest, { endMs }) => Math.max(latest, endMs), 0),
    isAtLeast: known.length < tasks.length,
  };
}
