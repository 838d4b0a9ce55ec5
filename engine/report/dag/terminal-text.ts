/**
 * The graph for the terminal: drawn where that can be read, else as an outline; below it what the signs stand for.
 *
 * @module
 */

import { SIGNS } from '../status-text.ts';
import { type DrawnGraph, type NodeState, STATES_BY_WEIGHT } from './drawn-graph.ts';
import type { Layout } from './layout.ts';
import { outlineText } from './outline.ts';
import { drawGraph } from './terminal/draw.ts';
import { paintColoured, paintPlain } from './terminal/paint.ts';
import { wrapLabel } from './terminal/wrap-label.ts';

export interface TerminalTextOptions {
  /** Columns that no line exceeds; at least 20. */
  readonly width: number;
  readonly isColoured: boolean;
  /** Of each stage; for the line below. */
  readonly states: ReadonlyMap<string, NodeState>;
}

/** More nodes than this are no picture any more. */
const MAX_DRAWN = 150;

export function terminalText(graph: DrawnGraph, options: TerminalTextOptions, layout: Layout): string {
  const { width, isColoured, states } = options;
  const drawing = { width, signs: SIGNS, paint: isColoured ? paintColoured : paintPlain };
  const drawn = graph.nodes.length <= MAX_DRAWN ? drawGraph(graph, drawing, layout) : undefined;
  const text = drawn ?? outlineText(graph, drawing);
  const members = graph.nodes.flatMap((node) => node.members);
  const counts = STATES_BY_WEIGHT.flatMap((state) => {
    const count = members.filter((name) => states.get(name) === state).length;
    return count === 0 ? [] : [`${SIGNS[state]} ${count} ${state}`];
  });
  const legend = wrapLabel(counts.join('   '), width, /(?<= {3})/u);
  return counts.length === 0 ? text : [text, '', ...legend].join('\n');
}
