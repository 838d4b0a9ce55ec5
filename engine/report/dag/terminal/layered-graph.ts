/**
 * The graph in layers: every link leads from a layer to the next.
 *
 * What leads further passes the layers between as a line. Lines with the same ends are one, whatever they come from:
 * all that joins a line leads to all of its ends. So do links from one layer to the next: cells with the same targets
 * form a net, which is drawn as one.
 *
 * @module
 */

import type { DrawnGraph, DrawnNode } from '../drawn-graph.ts';

export type LayerCell =
  | { readonly kind: 'box'; readonly id: string; readonly node: DrawnNode }
  | { readonly kind: 'line'; readonly id: string };

/** Between two layers: every source leads to every target. */
export interface Net {
  /** Ids of cells of the layer above. */
  readonly sources: readonly string[];
  /** Ids of cells of the layer below. */
  readonly targets: readonly string[];
}

export interface LayeredGraph {
  readonly layers: readonly (readonly LayerCell[])[];
  /** `nets[i]` leads from `layers[i]` to `layers[i + 1]`. */
  readonly nets: readonly (readonly Net[])[];
}

/** A graph by the ids of its nodes. */
export interface LinkedNodes {
  /** In plan order. */
  readonly nodes: ReadonlyMap<string, DrawnNode>;
  /** Where each node leads to, in plan order, so that equal sets are equal lists. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

export function linkNodes({ nodes, edges }: DrawnGraph): LinkedNodes {
  const rank = new Map(nodes.map(({ id }, i) => [id, i]));
  const targets = new Map<string, string[]>();
  for (const [from, to] of edges) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [to]);
    else known.push(to);
  }
  for (const list of targets.values()) list.sort((a, b) => rank.get(a)! - rank.get(b)!);
  return { nodes: new Map(nodes.map((node) => [node.id, node])), targets };
}

/**
 * @param layers Ids of nodes; an edge always leads to a later layer.
 */
export function layeredGraph(
  { nodes, targets }: LinkedNodes,
  layers: readonly (readonly string[])[],
): LayeredGraph {
  const layerOf = new Map(layers.flatMap((ids, i) => ids.map((id) => [id, i] as const)));
  const cells: LayerCell[][] = layers.map((ids) =>
    ids.map((id) => ({ kind: 'box', id: `box:${id}`, node: nodes.get(id)! })),
  );
  /** Of each cell the nodes that it still leads to. */
  const ends = new Map([...nodes.keys()].map((id) => [`box:${id}`, targets.get(id) ?? []]));
  const nets = layers.slice(0, -1).map((_, i) => {
    const found = new Map<string, { readonly sources: string[]; readonly targets: readonly string[] }>();
    for (const { id } of cells[i]!) {
      const wanted = ends.get(id)!;
      if (wanted.length === 0) continue;
      const below = wanted.filter((end) => layerOf.get(end) === i + 1).map((end) => `box:${end}`);
      const beyond = wanted.filter((end) => layerOf.get(end)! > i + 1);
      const line = beyond.length === 0 ? [] : [`line:${i + 1}:${beyond.join('\0')}`];
      for (const lineId of line) {
        if (!ends.has(lineId)) cells[i + 1]!.push({ kind: 'line', id: lineId });
        ends.set(lineId, beyond);
      }
      const reached = [...below, ...line];
      const net = found.get(reached.join('\0\0'));
      if (net === undefined) found.set(reached.join('\0\0'), { sources: [id], targets: reached });
      else net.sources.push(id);
    }
    return [...found.values()];
  });
  return { layers: cells, nets };
}
