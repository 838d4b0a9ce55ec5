/**
 * The graph as a list: a line for each node with what it needs, for graphs that no drawing makes clear.
 *
 * @module
 */

import type { DrawnGraph } from './drawn-graph.ts';
import type { DrawOptions } from './terminal/draw.ts';
import { columnsOf, shownText, wrapLabel } from './terminal/wrap-label.ts';

const ARROW = '  <- ';
const INDENT = 4;
/** A name is not broken where it fits. */
const WORDS = /(?<= )/u;
/** A name column wider than this share of the screen leaves too little for what is needed. */
const MAX_NAME_SHARE = 0.5;

/** `clean@… (36)  <- collect`, in plan order; no line is wider than `width`, and lines that go on are indented. */
export function outlineText(graph: DrawnGraph, { width, signs, paint }: DrawOptions): string {
  const labels = graph.nodes.map(({ label, state }) =>
    state === undefined ? shownText(label) : `${signs[state]} ${shownText(label)}`,
  );
  const widest = labels.reduce((columns, label) => Math.max(columns, columnsOf(label)), 0);
  const nameColumns = Math.min(widest, Math.floor(width * MAX_NAME_SHARE));
  const needs = new Map<string, string[]>();
  for (const [from, to] of graph.edges) needs.set(to, [...(needs.get(to) ?? []), shownText(from)]);
  return graph.nodes
    .flatMap(({ id, state }, i) => {
      const needed = needs.get(id)?.join(', ');
      const label = labels[i]!;
      const head =
        needed === undefined ? label : label + ' '.repeat(Math.max(0, nameColumns - columnsOf(label)));
      const text = needed === undefined ? head : `${head}${ARROW}${needed}`;
      const [first = '', ...rest] = wrapIndented(text, width);
      if (state === undefined) return [first, ...rest];
      const shown = Math.min(first.length, label.length);
      return [`${paint(first.slice(0, shown), state)}${first.slice(shown)}`, ...rest];
    })
    .join('\n');
}

/** Lines after the first stand `INDENT` columns to the right. */
function wrapIndented(text: string, width: number): readonly string[] {
  const [first = ''] = wrapLabel(text, width, WORDS);
  const rest = text.slice(first.length).trimStart();
  return rest === ''
    ? [first]
    : [first, ...wrapLabel(rest, width - INDENT, WORDS).map((line) => ' '.repeat(INDENT) + line)];
}
