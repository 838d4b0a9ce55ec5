/**
 * The forecast: how long a plan is going to take, from how long its stages took before.
 *
 * @module
 */

import type { StageGraph } from '../graph/index.ts';
import type { Plan, Verdict } from '../plan/index.ts';
import type { Durations } from './durations.ts';
import { criticalPath, type Path, simulate, type Task } from './simulate.ts';

export interface Forecast {
  readonly jobs: number;
  /** What certainly runs. */
  readonly certain: Estimate;
  /** With all that is pending; undefined where nothing is. */
  readonly atMost: Estimate | undefined;
  /** Expected of each stage that may run, in plan order; undefined where it is not known. */
  readonly durations: ReadonlyMap<string, number | undefined>;
}

export interface Estimate {
  readonly durationMs: number;
  readonly criticalPath: Path;
  /** Stages that count for nothing, because it is not known how long they take; in plan order. */
  readonly unknown: readonly string[];
}

/**
 * Restoring a stage counts for nothing: it takes as long as a copy.
 *
 * @returns Undefined for a plan that cannot run, since something in it is blocked.
 */
export function forecast(
  plan: Plan,
  graph: StageGraph,
  durations: Durations,
  jobs: number,
): Forecast | undefined {
  if (plan.stages.some(({ verdict }) => verdict.kind === 'blocked')) return undefined;
  const expected = new Map(
    plan.stages
      .filter(({ verdict }) => verdict.kind === 'run' || verdict.kind === 'pending')
      .map(({ stage }) => [stage.name, durations.of(stage)]),
  );
  const estimate = (runs: readonly Verdict['kind'][]): Estimate => {
    const tasks = tasksOf(plan, graph, expected, new Set(runs));
    const spans = simulate(tasks, jobs);
    return {
      durationMs: [...spans.values()].reduce((latest, { endMs }) => Math.max(latest, endMs), 0),
      criticalPath: withoutInstants(criticalPath(tasks), tasks),
      unknown: plan.stages
        .filter(({ stage, verdict }) => runs.includes(verdict.kind) && expected.get(stage.name) === undefined)
        .map(({ stage }) => stage.name),
    };
  };
  const isPending = plan.stages.some(({ verdict }) => verdict.kind === 'pending');
  return {
    jobs,
    certain: estimate(['run']),
    atMost: isPending ? estimate(['run', 'pending']) : undefined,
    durations: expected,
  };
}

/** Stages that are up to date are left out; the others are in, even those that take no time: they keep the order. */
function tasksOf(
  plan: Plan,
  graph: StageGraph,
  expected: ReadonlyMap<string, number | undefined>,
  runs: ReadonlySet<Verdict['kind']>,
): readonly Task[] {
  const shown = plan.stages.filter(({ verdict }) => verdict.kind !== 'fresh');
  const names = new Set(shown.map(({ stage }) => stage.name));
  return shown.map(({ stage, verdict }) => ({
    name: stage.name,
    needs: graph.upstream(stage.name).filter((name) => names.has(name)),
    slots: stage.cpu,
    durationMs: runs.has(verdict.kind) ? (expected.get(stage.name) ?? 0) : 0,
  }));
}

function withoutInstants({ names, durationMs }: Path, tasks: readonly Task[]): Path {
  const takesTime = new Set(tasks.filter((task) => task.durationMs > 0).map(({ name }) => name));
  return { names: names.filter((name) => takesTime.has(name)), durationMs };
}
