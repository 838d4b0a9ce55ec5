/**
 * Where nodes go: the one place that knows dagre, which is loaded only when something is drawn.
 *
 * dagre's own types lead to files that it does not ship; those of the graph are graphlib's.
 *
 * Ids get a prefix inside, since graphlib re-orders integer-like names and loses `__proto__`.
 *
 * @module
 */

import type { Graph } from '@dagrejs/graphlib';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LayoutOptions {
  /** Between boxes of one layer, between lines, between layers; in the unit of the boxes. */
  readonly nodeGap: number;
  readonly edgeGap: number;
  readonly layerGap: number;
}

export interface Placed {
  /** The middle of each box. */
  readonly middles: ReadonlyMap<string, Point>;
  /** For each edge as it was given: from border to border through points between. */
  readonly paths: readonly (readonly Point[])[];
  readonly width: number;
  readonly height: number;
}

/** From top to bottom, in layers. */
export type Layout = (
  boxes: readonly Box[],
  edges: readonly (readonly [string, string])[],
  options: LayoutOptions,
) => Placed;

export async function loadLayout(): Promise<Layout> {
  const dagre = (await import('@dagrejs/dagre')) as unknown as { readonly layout: (graph: Graph) => void };
  const graphlib = await import('@dagrejs/graphlib');
  return (boxes, edges, { nodeGap, edgeGap, layerGap }) => {
    const graph = new graphlib.Graph();
    graph.setGraph({ rankdir: 'TB', nodesep: nodeGap, edgesep: edgeGap, ranksep: layerGap });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { id, width, height } of boxes) graph.setNode(`:${id}`, { width, height });
    for (const [from, to] of edges) graph.setEdge(`:${from}`, `:${to}`);
    if (boxes.length > 0) dagre.layout(graph);
    const at = (id: string): Point => {
      const { x = 0, y = 0 } = graph.node(`:${id}`) as Partial<Point>;
      return { x, y };
    };
    const pathOf = ([from, to]: readonly [string, string]): readonly Point[] => {
      const { points = [] } = graph.edge(`:${from}`, `:${to}`) as { readonly points?: readonly Point[] };
      return points;
    };
    const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
    return {
      middles: new Map(boxes.map(({ id }) => [id, at(id)])),
      paths: edges.map(pathOf),
      width,
      height,
    };
  };
}
