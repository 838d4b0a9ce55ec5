/**
 * Which node stands in which layer, so that each layer fits the width: too wide a layer is divided in two, one below
 * the other; labels are wrapped.
 *
 * @module
 */

import type { DrawnGraph, NodeState } from '../drawn-graph.ts';
import type { Layout } from '../layout.ts';
import { type CellSize, cellSizes } from './box-size.ts';
import { layerWidth } from './columns.ts';
import { type LayeredGraph, layeredGraph } from './layered-graph.ts';
import { columnsOf, shownText } from './wrap-label.ts';

export interface FittedGraph {
  readonly graph: LayeredGraph;
  readonly sizes: ReadonlyMap<string, CellSize>;
}

interface Fit {
  /** In columns. */
  readonly width: number;
  readonly signs: Readonly<Record<NodeState, string>>;
}

type Layers = readonly (readonly string[])[];

/** Widths that labels are wrapped at, the one that reads best first. */
const LABEL_COLUMNS = [32, 24, 18, 13, 9];

/** A drawing with more lines that only pass by than this for each box is a tangle. */
const MAX_LINES_PER_BOX = 0.6;
const MAX_DIVISIONS = 60;

/** @returns Undefined where it cannot be drawn in this width so that it can be read. */
export function fitLayers(graph: DrawnGraph, fit: Fit, layout: Layout): FittedGraph | undefined {
  const longest = Math.max(...graph.nodes.map(({ label }) => columnsOf(shownText(label))));
  const wraps = [...new Set(LABEL_COLUMNS.map((columns) => Math.min(columns, longest)))];
  const layers = ranks(graph, layout);
  for (const labelColumns of wraps) {
    const fitted = measure(graph, layers, labelColumns, fit);
    if (tooWide(fitted, fit) === undefined && isReadable(fitted)) return fitted;
  }
  const divided = wraps
    .map((labelColumns) => divide(graph, layers, labelColumns, fit))
    .filter((fitted) => fitted !== undefined)
    .filter(isReadable);
  return divided.reduce<FittedGraph | undefined>(
    (best, fitted) => (best === undefined || effort(fitted) < effort(best) ? fitted : best),
    undefined,
  );
}

/** Nodes by rank, as dagre ranks them; what needs nothing stands just above what needs it. */
function ranks({ nodes, edges }: DrawnGraph, layout: Layout): Layers {
  const boxes = nodes.map(({ id }) => ({ id, width: 1, height: 1 }));
  const { middles } = layout(boxes, edges, { nodeGap: 1, edgeGap: 1, layerGap: 1 });
  const heights = [...new Set(nodes.map(({ id }) => middles.get(id)!.y))].sort((a, b) => a - b);
  const rankOf = (id: string): number => heights.indexOf(middles.get(id)!.y);
  const layers: string[][] = heights.map(() => []);
  for (const { id } of nodes) {
    const needsNothing = edges.every(([, to]) => to !== id);
    const users = edges.flatMap(([from, to]) => (from === id ? [rankOf(to)] : []));
    layers[needsNothing && users.length > 0 ? Math.min(...users) - 1 : rankOf(id)]!.push(id);
  }
  return layers.filter((ids) => ids.length > 0);
}

function measure(graph: DrawnGraph, layers: Layers, labelColumns: number, { signs }: Fit): FittedGraph {
  const layered = layeredGraph(graph, layers);
  return { graph: layered, sizes: cellSizes(layered, labelColumns, signs) };
}

/** The first layer that does not fit. */
function tooWide({ graph, sizes }: FittedGraph, { width }: Fit): number | undefined {
  const i = graph.layers.findIndex((cells) => layerWidth(cells, sizes) > width);
  return i < 0 ? undefined : i;
}

function divide(graph: DrawnGraph, start: Layers, labelColumns: number, fit: Fit): FittedGraph | undefined {
  let layers = start;
  for (let divisions = 0; divisions <= MAX_DIVISIONS; divisions++) {
    const fitted = measure(graph, layers, labelColumns, fit);
    const wide = tooWide(fitted, fit);
    if (wide === undefined) return fitted;
    const next = divideLayer(graph, layers, wide, labelColumns, fit);
    if (next === undefined) return undefined;
    layers = next;
  }
  return undefined;
}

/** As many of the layer's nodes as fit stay, the others get a layer of their own below. */
function divideLayer(
  graph: DrawnGraph,
  layers: Layers,
  index: number,
  labelColumns: number,
  fit: Fit,
): Layers | undefined {
  const ids = byNeighbours(graph, layers[index]!);
  for (let count = ids.length - 1; count > 0; count--) {
    const halves = [ids.slice(0, count), ids.slice(count)];
    const divided = [...layers.slice(0, index), ...halves, ...layers.slice(index + 1)];
    const { graph: layered, sizes } = measure(graph, divided, labelColumns, fit);
    if (layerWidth(layered.layers[index]!, sizes) <= fit.width) return divided;
  }
  return undefined;
}

/** Nodes with the same neighbours together: their links become one line. */
function byNeighbours({ edges }: DrawnGraph, ids: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const near = edges.filter(([from, to]) => from === id || to === id);
    const key = near.map(([from, to]) => (from === id ? `>${to}` : `<${from}`)).join('\0');
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()].flat();
}

const boxes = ({ graph }: FittedGraph): number =>
  graph.layers.flat().filter(({ kind }) => kind === 'box').length;

const lines = (fitted: FittedGraph): number => fitted.graph.layers.flat().length - boxes(fitted);

const isReadable = (fitted: FittedGraph): boolean => lines(fitted) <= MAX_LINES_PER_BOX * boxes(fitted) + 4;

/** Lines to follow, layers to scroll, labels to piece together. */
function effort(fitted: FittedGraph): number {
  const text = [...fitted.sizes.values()].reduce(
    (sum, { text: { length } }) => sum + Math.max(0, length - 1),
    0,
  );
  return 2 * lines(fitted) + 3 * fitted.graph.layers.length + text;
}
