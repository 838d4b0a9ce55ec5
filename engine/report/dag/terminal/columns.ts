/**
 * Where the cells of a layer stand: as near to where dagre wants them as the width allows.
 *
 * @module
 */

import type { Layout, Placed } from '../layout.ts';
import type { CellSize } from './box-size.ts';
import type { LayerCell, LayeredGraph } from './layered-graph.ts';

/** Between boxes of a layer, at least. */
export const BOX_GAP = 2;

/** Columns that a layer needs at least. */
export function layerWidth(cells: readonly LayerCell[], sizes: ReadonlyMap<string, CellSize>): number {
  return cells.reduce(
    (sum, cell, i) => sum + sizes.get(cell.id)!.width + (i === 0 ? 0 : gap(cells[i - 1]!, cell)),
    0,
  );
}

/** A line brings its room along. */
const gap = (left: LayerCell, right: LayerCell): number =>
  left.kind === 'box' && right.kind === 'box' ? BOX_GAP : 0;

export interface PlacedCell {
  readonly cell: LayerCell;
  readonly left: number;
  readonly size: CellSize;
  /** The column in the middle, where ways leave. */
  readonly middle: number;
}

/**
 * @param width In columns; no layer needs more.
 * @returns Each layer from left to right.
 */
export function placeCells(
  graph: LayeredGraph,
  sizes: ReadonlyMap<string, CellSize>,
  width: number,
  layout: Layout,
): readonly (readonly PlacedCell[])[] {
  const cells = graph.layers.flat();
  const links = graph.nets
    .flat()
    .flatMap(({ sources, targets }) => sources.flatMap((from) => targets.map((to) => [from, to] as const)));
  const placed = layout(
    cells.map(({ id }) => ({ id, width: sizes.get(id)!.width, height: 1 })),
    links,
    { nodeGap: BOX_GAP, edgeGap: 1, layerGap: 2 },
  );
  const isTurned = isMirrored(graph, placed);
  const middleOf = (id: string): number => {
    const { x } = placed.middles.get(id)!;
    return isTurned ? placed.width - x : x;
  };
  const layers = graph.layers.map((layer) => {
    const ordered = layer.toSorted((a, b) => middleOf(a.id) - middleOf(b.id));
    const wanted = ordered.map(({ id }) => Math.round(middleOf(id) - sizes.get(id)!.width / 2));
    const lefts = spread(ordered, wanted, sizes, width);
    return ordered.map((cell, i): PlacedCell => {
      const size = sizes.get(cell.id)!;
      return { cell, left: lefts[i]!, size, middle: lefts[i]! + (size.width - 1) / 2 };
    });
  });
  const margin = Math.min(...layers.flat().map(({ left }) => left));
  return layers.map((layer) =>
    layer.map((cell) => ({ ...cell, left: cell.left - margin, middle: cell.middle - margin })),
  );
}

/** Whether neighbours stand more often against the order of the plan, which `graph` has, than in it. */
function isMirrored({ layers }: LayeredGraph, { middles }: Placed): boolean {
  const steps = layers.flatMap((cells) => {
    const xs = cells.flatMap(({ kind, id }) => (kind === 'box' ? [middles.get(id)!.x] : []));
    return xs.slice(1).map((x, i) => Math.sign(x - xs[i]!));
  });
  return steps.reduce((sum, step) => sum + step, 0) < 0;
}

/** Pushes apart to the right, then back from the right edge. */
function spread(
  cells: readonly LayerCell[],
  wanted: readonly number[],
  sizes: ReadonlyMap<string, CellSize>,
  width: number,
): readonly number[] {
  const lefts = [...wanted];
  let free = 0;
  for (const [i, cell] of cells.entries()) {
    if (i > 0) free += gap(cells[i - 1]!, cell);
    lefts[i] = Math.max(lefts[i]!, free);
    free = lefts[i] + sizes.get(cell.id)!.width;
  }
  let end = width;
  for (let i = cells.length - 1; i >= 0; i--) {
    const cell = cells[i]!;
    lefts[i] = Math.min(lefts[i]!, end - sizes.get(cell.id)!.width);
    end = lefts[i]! - (i > 0 ? gap(cells[i - 1]!, cell) : 0);
  }
  return lefts;
}
