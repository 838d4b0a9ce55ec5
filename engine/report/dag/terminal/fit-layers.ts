/**
 * Which node stands in which layer, so that each layer fits the width: too wide a layer is divided in two, one below
 * the other; labels are wrapped.
 *
 * @module
 */

import type { DrawnGraph, NodeState } from '../drawn-graph.ts';
import type { Layout } from '../layout.ts';
import { type CellSize, cellSizes, type NodeText, nodeTexts } from './box-size.ts';
import { BOX_GAP, layerWidth } from './columns.ts';
import { type LayeredGraph, type LinkedNodes, layeredGraph, linkNodes } from './layered-graph.ts';
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

/** More lines than this side by side, that only pass a layer, are a tangle. */
const MAX_PASSING = 6;
const MAX_DIVISIONS = 60;

/** Of the width, given to boxes; the rest is for lines that pass. */
const SHARES = [0.9, 0.75, 0.6];

/** A graph whose labels are wrapped at one width. */
interface Wrapped {
  readonly graph: DrawnGraph;
  readonly linked: LinkedNodes;
  readonly texts: ReadonlyMap<string, NodeText>;
}

/** @returns Undefined where it cannot be drawn in this width so that it can be read. */
export function fitLayers(graph: DrawnGraph, { width, signs }: Fit, layout: Layout): FittedGraph | undefined {
  const longest = Math.max(...graph.nodes.map(({ label }) => columnsOf(shownText(label))));
  const linked = linkNodes(graph);
  const wraps = [...new Set(LABEL_COLUMNS.map((columns) => Math.min(columns, longest)))].map(
    (columns): Wrapped => ({ graph, linked, texts: nodeTexts(graph.nodes, columns, signs) }),
  );
  const layers = ranks(graph, layout);
  for (const wrapped of wraps) {
    const fitted = measure(wrapped, layers);
    if (tooWide(fitted, width) === undefined && isReadable(fitted)) return fitted;
  }
  const divided = wraps.flatMap((wrapped) =>
    [layers, ...SHARES.map((share) => inTurn(wrapped, share * width))].flatMap((start) => {
      const fitted = divide(wrapped, start, width);
      return fitted === undefined ? [] : [fitted];
    }),
  );
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

/**
 * Each node in its turn just below what it needs, as long as that layer has room; else on a shelf of layers below all
 * others, where those that follow join it. Branches of equal shape come to stand in rows.
 */
function inTurn({ graph, texts }: Wrapped, room: number): Layers {
  const ids = graph.nodes.map(({ id }) => id);
  const needs = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [from, to] of graph.edges) needs.get(to)!.push(from);
  const layers: { readonly ids: string[]; width: number }[] = [];
  const layerOf = new Map<string, number>();
  let shelf = 0;
  for (const id of ids) {
    const width = texts.get(id)!.columns + 4;
    const hasRoom = (layer: number): boolean =>
      layer === layers.length || layers[layer]!.width + width <= room;
    const below = Math.max(-1, ...needs.get(id)!.map((need) => layerOf.get(need)!)) + 1;
    const onShelf = Math.max(below, shelf);
    if (!hasRoom(below) && !hasRoom(onShelf)) shelf = layers.length;
    const layer = hasRoom(below) ? below : hasRoom(onShelf) ? onShelf : shelf;
    if (layer === layers.length) layers.push({ ids: [], width: 0 });
    layers[layer]!.ids.push(id);
    layers[layer]!.width += width + BOX_GAP;
    layerOf.set(id, layer);
  }
  return layers.map((layer) => layer.ids);
}

function measure({ linked, texts }: Wrapped, layers: Layers): FittedGraph {
  const graph = layeredGraph(linked, layers);
  return { graph, sizes: cellSizes(graph, texts) };
}

/** The first layer that does not fit. */
function tooWide({ graph, sizes }: FittedGraph, width: number): number | undefined {
  const i = graph.layers.findIndex((cells) => layerWidth(cells, sizes) > width);
  return i < 0 ? undefined : i;
}

function divide(wrapped: Wrapped, start: Layers, width: number): FittedGraph | undefined {
  let layers = start;
  for (let divisions = 0; divisions <= MAX_DIVISIONS; divisions++) {
    const fitted = measure(wrapped, layers);
    // A division only adds lines.
    if (!isReadable(fitted)) return undefined;
    const wide = tooWide(fitted, width);
    if (wide === undefined) return fitted;
    const next = divideLayer(wrapped, layers, wide, width);
    if (next === undefined) return undefined;
    layers = next;
  }
  return undefined;
}

/** As many of the layer's nodes as fit stay, the others get a layer of their own below. */
function divideLayer(wrapped: Wrapped, layers: Layers, index: number, width: number): Layers | undefined {
  const ids = byNeighbours(wrapped.graph, layers[index]!);
  for (let count = ids.length - 1; count > 0; count--) {
    const halves = [ids.slice(0, count), ids.slice(count)];
    const divided = [...layers.slice(0, index), ...halves, ...layers.slice(index + 1)];
    const { graph, sizes } = measure(wrapped, divided);
    if (layerWidth(graph.layers[index]!, sizes) <= width) return divided;
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

const linesPerLayer = ({ graph }: FittedGraph): readonly number[] =>
  graph.layers.map((cells) => cells.filter(({ kind }) => kind === 'line').length);

const isReadable = (fitted: FittedGraph): boolean => Math.max(...linesPerLayer(fitted)) <= MAX_PASSING;

/** Lines to follow, layers to scroll, labels to piece together. */
function effort(fitted: FittedGraph): number {
  const text = [...fitted.sizes.values()].reduce(
    (sum, { text: { length } }) => sum + Math.max(0, length - 1),
    0,
  );
  const lines = linesPerLayer(fitted).reduce((sum, count) => sum + count, 0);
  return 2 * lines + 3 * fitted.graph.layers.length + text;
}
