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

/** @param texts Of each node, by id; see `nodeTexts`. */
export function cellSizes(
  { layers, nets }: LayeredGraph,
  texts: ReadonlyMap<string, NodeText>,
): ReadonlyMap<string, CellSize> {
  const entering = new Map<string, number>();
  for (const { targets } of nets.flat())
    for (const target of targets) entering.set(target, (entering.get(target) ?? 0) + 1);
  return new Map(layers.flat().map((cell) => [cell.id, sizeOf(cell, entering.get(cell.id) ?? 0, texts)]));
}

function sizeOf(cell: LayerCell, ports: number, texts: ReadonlyMap<string, NodeText>): CellSize {
  // Each way in takes a column of its own, and leaves one free for a way that passes.
  const portColumns = 2 * ports + 1;
  if (cell.kind === 'line') return { width: Math.max(3, portColumns), text: [] };
  const { lines, columns } = texts.get(cell.node.id)!;
  return { width: odd(Math.max(columns + 2 * BORDER_AND_BLANK, portColumns + 2)), text: lines };
}

export interface NodeText {
  readonly lines: readonly string[];
  /** Of the widest line. */
  readonly columns: number;
}

/** @param labelColumns Longer labels are wrapped. */
export function nodeTexts(
  nodes: readonly DrawnNode[],
  labelColumns: number,
  signs: Readonly<Record<NodeState, string>>,
): ReadonlyMap<string, NodeText> {
  return new Map(
    nodes.map((node) => {
      const lines = textOf(node, labelColumns, signs);
      return [node.id, { lines, columns: Math.max(1, ...lines.map(columnsOf)) }];
    }),
  );
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
