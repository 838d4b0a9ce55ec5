/**
 * The boxes of the terminal drawing: a border, a sign for the state, and the label.
 *
 * @module
 */

import type { DrawnNode, NodeState } from '../drawn-graph.ts';
import type { LayerCell, LayeredGraph } from './layered-graph.ts';
import { columnsOf, shownText, wrapLabel } from './wrap-label.ts';

/** Of a cell: a box with its border, or a line with the room around it. Odd, so that there is a middle column. */
export interface CellSize {
  readonly width: number;
  /** Empty for a line. */
  readonly text: readonly string[];
}

const SIGN_COLUMNS = 2;
const BORDER_AND_BLANK = 2;

/** @param labelColumns Longer labels are wrapped. */
export function cellSizes(
  { layers, nets }: LayeredGraph,
  labelColumns: number,
  signs: Readonly<Record<NodeState, string>>,
): ReadonlyMap<string, CellSize> {
  const entering = new Map<string, number>();
  for (const { targets } of nets.flat())
    for (const target of targets) entering.set(target, (entering.get(target) ?? 0) + 1);
  return new Map(layers.flat().map((cell) => [cell.id, sizeOf(cell, entering.get(cell.id) ?? 0)]));

  function sizeOf(cell: LayerCell, ports: number): CellSize {
    // Each way in takes a column of its own, and leaves one free for a way that passes.
    const portColumns = 2 * ports + 1;
    if (cell.kind === 'line') return { width: Math.max(3, portColumns), text: [] };
    const text = textOf(cell.node, labelColumns, signs);
    const inner = Math.max(...text.map(columnsOf), portColumns - BORDER_AND_BLANK, 1);
    return { width: odd(inner + 2 * BORDER_AND_BLANK), text };
  }
}

function textOf(
  { label, state }: DrawnNode,
  labelColumns: number,
  signs: Readonly<Record<NodeState, string>>,
): readonly string[] {
  const lines = wrapLabel(shownText(label), labelColumns);
  if (state === undefined) return lines;
  return lines.map((line, i) => `${i === 0 ? `${signs[state]} ` : ' '.repeat(SIGN_COLUMNS)}${line}`);
}

const odd = (width: number): number => width + 1 - (width % 2);
