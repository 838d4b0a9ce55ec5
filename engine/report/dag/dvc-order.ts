/**
 * A drawn graph as DVC writes it down: a group by its bare name, nodes in the order of declarations.
 *
 * @see DVC 3.67.1, `dvc dag`
 *
 * @module
 */

import { compareCodePoints } from '../../../cache/index.ts';
import type { DrawnGraph, DrawnNode } from './drawn-graph.ts';

type Edge = DrawnGraph['edges'][number];

/** @param declared Ids in the order of declarations; groups, which are declared nowhere, come last. */
export function inDeclaredOrder({ nodes, edges }: DrawnGraph, declared: Iterable<string>): DrawnGraph {
  const ranks = new Map([...declared].map((id, i) => [id, i]));
  const rank = (id: string): number => ranks.get(id) ?? ranks.size;
  const inOrder = (a: string, b: string): number => rank(a) - rank(b) || compareCodePoints(a, b);
  return {
    nodes: nodes.map(bare).sort((a, b) => inOrder(a.id, b.id)),
    edges: [...edges].sort((a, b) => inOrder(a[0], b[0]) || inOrder(a[1], b[1])),
  };
}

/** Each connected part by itself, in the order of their first nodes; in it by name. */
export function partsByName({ nodes, edges }: DrawnGraph): readonly DrawnGraph[] {
  const parts = partsOf(nodes, edges);
  const byName = (a: Edge, b: Edge): number => compareCodePoints(a[0], b[0]) || compareCodePoints(a[1], b[1]);
  return [...new Set(parts.values())].map((part) => ({
    nodes: nodes.filter(({ id }) => parts.get(id) === part).sort((a, b) => compareCodePoints(a.id, b.id)),
    edges: edges.filter(([from]) => parts.get(from) === part).sort(byName),
  }));
}

const bare = (node: DrawnNode): DrawnNode => ({ ...node, label: node.id });

/** The number of the connected part that each node is in, counted in the order of nodes. */
function partsOf(nodes: readonly DrawnNode[], edges: readonly Edge[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const [from, to] of edges) {
    next.get(from)!.push(to);
    next.get(to)!.push(from);
  }
  const parts = new Map<string, number>();
  let count = 0;
  for (const { id } of nodes) {
    if (parts.has(id)) continue;
    const reached = [id];
    parts.set(id, count);
    for (const at of reached) {
      for (const other of next.get(at)!) {
        if (parts.has(other)) continue;
        parts.set(other, count);
        reached.push(other);
      }
    }
    count += 1;
  }
  return parts;
}
