/**
 * The graph of outs instead of stages: which out is made of which.
 *
 * @see DVC 3.67.1, `dvc dag --outs`
 *
 * @module
 */

import { fromRoot } from '../../core/index.ts';
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
