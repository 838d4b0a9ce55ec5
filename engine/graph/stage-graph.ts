/**
 * The stage graph: which stage needs which, by the paths that they name.
 *
 * Stage ids get a prefix inside graphlib, which otherwise re-orders integer-like names and loses `__proto__`.
 *
 * @module
 */

import { Graph } from '@dagrejs/graphlib';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';

export interface StageGraph {
  readonly stages: ReadonlyMap<string, ResolvedStage>;
  /** Plan order: every stage after what it needs; otherwise DVC's (depth first in manifest order). */
  readonly order: readonly string[];
  /** The stages whose outs a stage reads, in plan order. */
  readonly upstream: (name: string) => readonly string[];
  /** The stages that read a stage's outs, in plan order. */
  readonly downstream: (name: string) => readonly string[];
  /** The outs that a path (seen from the root) is, lies in, or contains. */
  readonly outsAt: (path: string) => readonly OutAt[];
  /** Groups and manifests that have no stages. */
  readonly emptyTargets: ReadonlySet<string>;
}

export interface OutAt {
  readonly stage: string;
  readonly out: ResolvedOut;
  /** The out's path seen from the root. */
  readonly path: string;
  /** How the path asked for lies to the out. */
  readonly relation: 'equal' | 'inside' | 'contains';
}

export type StageEdge = readonly [from: string, to: string];

export function makeStageGraph(
  stages: ReadonlyMap<string, ResolvedStage>,
  edges: Iterable<StageEdge>,
  order: readonly string[],
  { outsAt, emptyTargets }: Pick<StageGraph, 'outsAt' | 'emptyTargets'>,
): StageGraph {
  const graph = new Graph();
  for (const name of order) graph.setNode(id(name));
  for (const [from, to] of edges) graph.setEdge(id(from), id(to));
  const rank = new Map(order.map((name, i) => [name, i]));
  const sorted = (ids: readonly string[] | undefined): readonly string[] =>
    (ids ?? []).map(nameOf).sort((a, b) => rank.get(a)! - rank.get(b)!);
  return {
    stages,
    order,
    upstream: (name) => sorted(graph.predecessors(id(name)) ?? undefined),
    downstream: (name) => sorted(graph.successors(id(name)) ?? undefined),
    outsAt,
    emptyTargets,
  };
}

const id = (name: string): string => `:${name}`;
const nameOf = (nodeId: string): string => nodeId.slice(1);
