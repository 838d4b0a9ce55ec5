/**
 * `makePlan`: a verdict for each selected stage, before anything runs.
 *
 * Works on a clean checkout: what an upstream stage will restore is taken from its entry, not from the workspace.
 *
 * @module
 */

import type { StageGraph } from '../graph/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import { decideStage } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import type { Observer } from './observation.ts';
import type { Plan, PlannedStage, Verdict } from './verdict.ts';

export interface PlanOptions extends DecideOptions {
  /** What directly follows a stage that runs is forced to run too, and so on. */
  readonly forceDownstream: boolean;
}

/**
 * @param selected In plan order, with all that they need.
 */
export function makePlan(
  graph: StageGraph,
  selected: readonly string[],
  lock: ReadonlyMap<string, LockEntry>,
  observer: Observer,
  options: PlanOptions,
): Plan {
  const verdicts = new Map<string, Verdict>();
  const restored = (name: string): LockEntry | undefined => {
    const verdict = verdicts.get(name);
    return verdict?.kind === 'restore' ? verdict.entry : undefined;
  };
  const isInPlace = (name: string): boolean => {
    const verdict = verdicts.get(name);
    return verdict === undefined || isSettled(verdict);
  };
  // DVC also counts what is restored or verified.
  const counted: readonly (string | undefined)[] =
    options.dialect === 'dvc' ? ['run', 'restore', 'record'] : ['run'];
  const isRunning = (name: string): boolean => counted.includes(verdicts.get(name)?.kind);
  const stages = selected.map((name): PlannedStage => {
    const stage = graph.stages.get(name)!;
    const blockers = graph.upstream(name).filter((upstream) => verdicts.get(upstream)?.kind === 'blocked');
    const verdict: Verdict =
      blockers.length > 0
        ? { kind: 'blocked', by: [], upstream: blockers }
        : decideStage(
            stage,
            lock.get(name),
            { graph, isInPlace, restored, recorded: (of) => lock.get(of) },
            observer,
            {
              ...options,
              force: options.force || (options.forceDownstream && graph.upstream(name).some(isRunning)),
            },
          ).verdict;
    verdicts.set(name, verdict);
    return { stage, verdict };
  });
  return { stages };
}

/** Its outs stand in the workspace already. */
const isSettled = (verdict: Verdict): boolean =>
  verdict.kind === 'fresh' || verdict.kind === 'frozen' || verdict.kind === 'record';
