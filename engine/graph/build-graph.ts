/**
 * `buildGraph`: from resolved stages to the stage graph, or what is wrong with them as a whole.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { indexOuts } from './out-index.ts';
import { makeStageGraph, type StageEdge, type StageGraph } from './stage-graph.ts';

export interface GraphOptions {
  /** Groups and manifests that have no stages. */
  readonly emptyTargets?: Iterable<string>;
  /** Outs that clash and cycles are let be: the graph is for what looks at each stage by itself. */
  readonly isUnchecked?: boolean;
  /** What a frozen stage reads makes no edges. */
  readonly isFrozenAlone?: boolean;
}

/** Edges by equal path and by containment, in either direction. O((stages + deps) log outs). */
export function buildGraph(
  resolved: readonly ResolvedStage[],
  { emptyTargets = [], isUnchecked = false, isFrozenAlone = false }: GraphOptions = {},
): Result<StageGraph, readonly Diagnostic[]> {
  const stages = new Map(resolved.map((stage) => [stage.name, stage]));
  const outs = indexOuts(resolved);
  const needs = new Map<string, readonly Need[]>(
    resolved.map((stage) => [stage.name, isFrozenAlone && stage.frozen ? [] : needsOf(stage, outs.at)]),
  );
  const walked = walk(resolved, needs);
  if (!isUnchecked && outs.clashes.length > 0) return err(outs.clashes);
  if (!isUnchecked && walked.cycles.length > 0)
    return err(walked.cycles.map((cycle) => cycleDiagnostic(cycle, needs)));
  const edges = [...needs].flatMap(([to, list]) =>
    list
      .filter(({ stage }) => walked.back.get(to)?.has(stage) !== true)
      .map(({ stage }): StageEdge => [stage, to]),
  );
  const lookUp = { outsAt: outs.at, emptyTargets: new Set(emptyTargets) };
  return ok(makeStageGraph(stages, edges, walked.order, lookUp));
}

interface Need {
  readonly stage: string;
  readonly path: string;
  readonly place: ResolvedStage['place'];
}

/** Of each stage that is needed, the first path that needs it. */
function needsOf(stage: ResolvedStage, outsAt: StageGraph['outsAt']): readonly Need[] {
  const inputs = [
    ...stage.deps.map(({ path, place }) => ({ path, place })),
    ...stage.params.map(({ file, place }) => ({ path: file, place })),
  ];
  const needs = new Map<string, Need>();
  for (const { path, place } of inputs) {
    const seen = fromRoot(stage.wdir, path);
    for (const out of outsAt(seen)) {
      if (!needs.has(out.stage)) needs.set(out.stage, { stage: out.stage, path: seen, place });
    }
  }
  return [...needs.values()];
}

interface Walked {
  readonly order: readonly string[];
  readonly cycles: readonly (readonly string[])[];
  /** By stage, what it needs that closes a cycle. */
  readonly back: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Depth first in manifest order, needs in declared order: DVC's order. Iterative: a chain may be long. */
function walk(resolved: readonly ResolvedStage[], needs: ReadonlyMap<string, readonly Need[]>): Walked {
  const order: string[] = [];
  const cycles: string[][] = [];
  const back = new Map<string, Set<string>>();
  const done = new Set<string>();
  for (const { name: start } of resolved) {
    if (done.has(start)) continue;
    const path = [{ name: start, next: 0 }];
    const onPath = new Map([[start, 0]]);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const need = needs.get(top.name)![top.next++];
      if (need === undefined) {
        path.pop();
        onPath.delete(top.name);
        done.add(top.name);
        order.push(top.name);
      } else if (onPath.has(need.stage)) {
        cycles.push(path.slice(onPath.get(need.stage)).map(({ name }) => name));
        back.set(top.name, (back.get(top.name) ?? new Set()).add(need.stage));
      } else if (!done.has(need.stage)) {
        onPath.set(need.stage, path.length);
        path.push({ name: need.stage, next: 0 });
      }
    }
  }
  return { order, cycles, back };
}

/** @param cycle Each stage needs the next, the last the first. */
function cycleDiagnostic(cycle: readonly string[], needs: ReadonlyMap<string, readonly Need[]>): Diagnostic {
  const links = cycle.map((name, i) => {
    const next = cycle[(i + 1) % cycle.length]!;
    return { name, need: needs.get(name)!.find(({ stage }) => stage === next)! };
  });
  const chain = [...cycle, cycle[0]!].map((name) => `"${name}"`).join(' needs ');
  const [first, ...rest] = links;
  const message =
    cycle.length === 1
      ? `Stage "${cycle[0]!}" needs its own out "${first!.need.path}"`
      : `Stages need each other in a cycle: ${chain}`;
  return {
    code: 'E_CYCLE',
    message,
    place: first!.need.place,
    related: rest.map(({ name, need }) => ({
      message: `stage "${name}" needs "${need.path}" of stage "${need.stage}"`,
      place: need.place,
    })),
    hint: 'remove one of these deps, or split a stage in two',
  };
}
