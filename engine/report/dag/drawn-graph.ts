/**
 * What is drawn of a stage graph: a node for each stage, or for a whole group where groups are folded.
 *
 * Always acyclic. Folding can close a cycle that the stages do not have (`a@1` before `b` before `a@2`): a group in
 * such a cycle is not folded.
 *
 * @module
 */

import type { StageGraph } from '../../graph/index.ts';
import type { Verdict } from '../../plan/index.ts';

export interface DrawnNode {
  /** The stage's name, or the group's. */
  readonly id: string;
  /** `train`, `monthly@… (12)`, `monthly@… (3 of 12)` where three of them have the state. */
  readonly label: string;
  /** Names of stages, in plan order; more than one are the members of a group. */
  readonly members: readonly string[];
  /** Of a group the state that matters most; undefined where nothing was planned. */
  readonly state: NodeState | undefined;
}

export type NodeState = Verdict['kind'];

export interface DrawnGraph {
  /** In plan order of their first members. */
  readonly nodes: readonly DrawnNode[];
  /** From maker to user, each once, by user. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

export interface DrawnOptions {
  readonly isFolded: boolean;
  /** What is going to happen to each stage. */
  readonly states?: ReadonlyMap<string, NodeState>;
}

/** What a group of several states is shown as: the first that one of its members has. */
export const STATES_BY_WEIGHT: readonly NodeState[] = [
  'blocked',
  'run',
  'restore',
  'record',
  'pending',
  'frozen',
  'fresh',
];

/** @param selected Names of stages, in plan order. */
export function drawnGraph(
  graph: StageGraph,
  selected: readonly string[],
  options: DrawnOptions,
): DrawnGraph {
  const groupOf = (name: string): string => graph.stages.get(name)!.group ?? name;
  if (!options.isFolded) return collect(graph, selected, (name) => name, options.states);
  const folded = collect(graph, selected, groupOf, options.states);
  const onCycle = withoutEnds(folded);
  if (onCycle.size === 0) return folded;
  return collect(
    graph,
    selected,
    (name) => (onCycle.has(groupOf(name)) ? name : groupOf(name)),
    options.states,
  );
}

function collect(
  graph: StageGraph,
  selected: readonly string[],
  nodeOf: (name: string) => string,
  states: ReadonlyMap<string, NodeState> | undefined,
): DrawnGraph {
  const chosen = new Set(selected);
  const members = new Map<string, string[]>();
  const needs = new Map<string, Set<string>>();
  for (const name of selected) {
    const to = nodeOf(name);
    const makers = needs.get(to) ?? new Set();
    needs.set(to, makers);
    for (const upstream of graph.upstream(name)) {
      if (chosen.has(upstream) && nodeOf(upstream) !== to) makers.add(nodeOf(upstream));
    }
    const known = members.get(to);
    if (known === undefined) members.set(to, [name]);
    else known.push(name);
  }
  return {
    nodes: [...members].map(([id, names]) => node(id, names, states)),
    edges: [...needs].flatMap(([to, makers]) => [...makers].map((from) => [from, to] as const)),
  };
}

function node(
  id: string,
  members: readonly string[],
  states: ReadonlyMap<string, NodeState> | undefined,
): DrawnNode {
  const own = members.flatMap((name) => states?.get(name) ?? []);
  const state = STATES_BY_WEIGHT.find((kind) => own.includes(kind));
  if (members.length === 1) return { id, label: members[0]!, members, state };
  const count = own.filter((kind) => kind === state).length;
  const counted = state === undefined || count === members.length ? '' : `${count} of `;
  return { id, label: `${id}@… (${counted}${members.length})`, members, state };
}

/** The nodes that lie on a cycle or between two. O(nodes + edges) */
function withoutEnds({ nodes, edges }: DrawnGraph): ReadonlySet<string> {
  const left = new Set(nodes.map(({ id }) => id));
  for (const [start, end] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const degree = new Map<string, number>();
    const next = new Map<string, string[]>();
    for (const edge of edges) {
      if (!left.has(edge[0]) || !left.has(edge[1])) continue;
      degree.set(edge[end], (degree.get(edge[end]) ?? 0) + 1);
      next.set(edge[start], [...(next.get(edge[start]) ?? []), edge[end]]);
    }
    const free = [...left].filter((id) => !degree.has(id));
    for (const id of free) {
      left.delete(id);
      for (const other of next.get(id) ?? []) {
        degree.set(other, degree.get(other)! - 1);
        if (degree.get(other) === 0) free.push(other);
      }
    }
  }
  return left;
}
