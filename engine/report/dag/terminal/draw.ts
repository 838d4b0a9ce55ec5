/**
 * Boxes and lines: the graph for the terminal, from top to bottom.
 *
 * @module
 */

import type { DrawnGraph, NodeState } from '../drawn-graph.ts';
import type { Layout } from '../layout.ts';
import { type Canvas, createCanvas } from './canvas.ts';
import { type PlacedCell, placeCells } from './columns.ts';
import { fitLayers } from './fit-layers.ts';
import { type Channel, routeChannel } from './route.ts';
import { columnsOf } from './wrap-label.ts';

export interface DrawOptions {
  /** Columns that no line exceeds. */
  readonly width: number;
  readonly signs: Readonly<Record<NodeState, string>>;
  /** Adds colour to a box of that state. */
  readonly paint: (text: string, state: NodeState) => string;
}

/**
 * @returns Lines without one at the end; undefined where the graph cannot be drawn in this width so that it can be
 *   read.
 */
export function drawGraph(graph: DrawnGraph, options: DrawOptions, layout: Layout): string | undefined {
  if (graph.nodes.length === 0) return '';
  const fitted = fitLayers(graph, options, layout);
  if (fitted === undefined) return undefined;
  const layers = placeCells(fitted.graph, fitted.sizes, options.width, layout);
  const channels = fitted.graph.nets.map((nets, i) => routeChannel(nets, layers[i]!, layers[i + 1]!));
  const canvas = createCanvas();
  const nets = countFrom(0);
  let top = 0;
  let entering: Channel | undefined;
  for (const [i, layer] of layers.entries()) {
    const height = Math.max(...layer.map(({ size }) => size.text.length + 2));
    const leaving = channels[i];
    for (const placed of layer) {
      const ports = (entering?.ways ?? [])
        .flatMap(({ to }) => to)
        .flatMap(({ cell, column }) => (cell === placed.cell.id ? [column] : []));
      const isLeft = fitted.graph.nets[i]?.some(({ sources }) => sources.includes(placed.cell.id)) === true;
      if (placed.cell.kind === 'line') drawLine(canvas, nets(), placed, ports, top, height);
      else drawBox(canvas, placed, { ports, isLeft, top, height });
    }
    top += height;
    if (leaving !== undefined) {
      drawChannel(canvas, nets, leaving, top);
      top += leaving.rows;
    }
    entering = leaving;
  }
  const states = new Map(graph.nodes.map(({ state }) => [state as string | undefined, state]));
  const paint = (text: string, style: string): string => {
    const state = states.get(style);
    return state === undefined ? text : options.paint(text, state);
  };
  return canvas
    .render(paint)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

interface BoxEnds {
  /** Columns where ways come in. */
  readonly ports: readonly number[];
  /** Whether a way goes out. */
  readonly isLeft: boolean;
  readonly top: number;
  readonly height: number;
}

function drawBox(canvas: Canvas, placed: PlacedCell, { ports, isLeft, top, height }: BoxEnds): void {
  const { left, size, middle, cell } = placed;
  const style = (cell.kind === 'box' ? cell.node.state : undefined) ?? '';
  const inner = size.width - 2;
  const bottom = top + height - 1;
  canvas.text(top, left, `┌${'─'.repeat(inner)}┐`, style);
  const blank = height - 2 - size.text.length;
  const above = Math.floor(blank / 2);
  for (let row = 0; row < height - 2; row++) {
    const line = size.text[row - above] ?? '';
    canvas.text(top + 1 + row, left, `│ ${line}${' '.repeat(inner - 1 - columnsOf(line))}│`, style);
  }
  canvas.text(bottom, left, `└${'─'.repeat(inner)}┘`, style);
  for (const column of ports) canvas.text(top, column, '▼', style);
  if (isLeft) canvas.text(bottom, middle, '┬', style);
}

/** Ways in that stand beside the middle join it in the first row. */
function drawLine(
  canvas: Canvas,
  net: number,
  { middle }: PlacedCell,
  ports: readonly number[],
  top: number,
  height: number,
): void {
  for (const column of ports) canvas.end(net, top, column, 'up');
  canvas.horizontal(net, top, Math.min(middle, ...ports), Math.max(middle, ...ports));
  canvas.vertical(net, middle, top, top + height - 1);
  canvas.end(net, top + height - 1, middle, 'down');
}

function drawChannel(canvas: Canvas, nets: () => number, { ways, rows }: Channel, top: number): void {
  for (const { from, to, row } of ways) {
    const net = nets();
    const columns = [...from, ...to.map(({ column }) => column)];
    const across = top + (row ?? 0);
    canvas.horizontal(net, across, Math.min(...columns), Math.max(...columns));
    for (const column of from) {
      canvas.end(net, top, column, 'up');
      canvas.vertical(net, column, top, across);
    }
    for (const { column } of to) {
      canvas.vertical(net, column, across, top + rows - 1);
      canvas.end(net, top + rows - 1, column, 'down');
    }
  }
}

function countFrom(start: number): () => number {
  let next = start;
  return () => next++;
}
