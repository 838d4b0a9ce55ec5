/**
 * The graph of outs instead of stages: which out is made of which.
 *
 * @see DVC 3.67.1, `dvc dag --outs`
 *
 * @module
 */

import { fromRoot, fromWdir } from '../../core/index.ts';
import type { StageGraph } from '../../graph/index.ts';
import type { DrawnGraph, DrawnNode, NodeState } from './drawn-graph.ts';

/**
 * @param selected Names of stages, in plan order.
 * @param states What is going to happen to them.
 */
export function outsGraph(
  graph: StageGraph,
  selected: readonly string[],
  states?: ReadonlyMap<string, NodeState>,
): DrawnGraph {
  const chosen = new Set(selected);
  const nodes: DrawnNode[] = [];
  const edges = new Map<string, readonly [from: string, to: string]>();
  for (const name of selected) {
    const { outs, deps, wdir } = graph.stages.get(name)!;
    const sources = deps.flatMap((dep) => graph.outsAt(fromRoot(wdir, dep.path)));
    for (const out of outs) {
      const path = fromRoot(wdir, out.path);
      nodes.push({ id: path, label: path, members: [name], state: states?.get(name) });
      for (const source of sources) {
        if (chosen.has(source.stage)) edges.set(`${source.path}\0${path}`, [source.path, path]);
      }
    }
  }
  return { nodes, edges: [...edges.values()] };
}

/**
 * The outs that belong to some of them: what these are made of, what is made of them, or all that is connected.
 *
 * @param from Paths of outs, relative to the root.
 */
export function outsAround(
  { nodes, edges }: DrawnGraph,
  from: readonly string[],
  scope: 'upstream' | 'downstream' | 'pipeline',
): DrawnGraph {
  const next = new Map<string, string[]>();
  const link = (a: string, b: string): void => {
    next.set(a, [...(next.get(a) ?? []), b]);
  };
  for (const [maker, user] of edges) {
    if (scope !== 'downstream') link(user, maker);
    if (scope !== 'upstream') link(maker, user);
  }
  const kept = new Set(from);
  for (const path of kept) for (const other of next.get(path) ?? []) kept.add(other);
  return {
    nodes: nodes.filter(({ id }) => kept.has(id)),
    edges: edges.filter((edge) => edge.every((path) => kept.has(path))),
  };
}

/** Named as they are seen from a directory, itself relative to the root. */
export const outsFrom = (directory: string, { nodes, edges }: DrawnGraph): DrawnGraph => ({
  nodes: nodes.map((node) => {
    const path = fromWdir(directory, node.id);
    return { ...node, id: path, label: path };
  }),
  edges: edges.map(([maker, user]) => [fromWdir(directory, maker), fromWdir(directory, user)]),
});
