/**
 * The graph for other tools: DOT and Mermaid.
 *
 * @module
 */

import type { DrawnGraph } from './dag/drawn-graph.ts';

/** Graphviz: edges from maker to user. */
export function dotText({ nodes, edges }: DrawnGraph): string {
  const lines = [
    ...nodes.map(({ id, label }) =>
      id === label ? `  ${dotString(id)};` : `  ${dotString(id)} [label=${dotString(label)}];`,
    ),
    ...edges.map(([from, to]) => `  ${dotString(from)} -> ${dotString(to)};`),
  ];
  return `strict digraph {\n${lines.join('\n')}\n}\n`;
}

/** @param parts One after the other, each with its nodes before its edges. */
export function mermaidText(parts: readonly DrawnGraph[]): string {
  const ids = new Map(parts.flatMap(({ nodes }) => nodes).map(({ id }, i) => [id, `node${i + 1}`]));
  const lines = parts.flatMap(({ nodes, edges }) => [
    ...nodes.map(({ id, label }) => `\t${ids.get(id)!}["${label.replaceAll('"', '#quot;')}"]`),
    ...edges.map(([from, to]) => `\t${ids.get(from)!}-->${ids.get(to)!}`),
  ]);
  return `flowchart TD\n${lines.join('\n')}\n`;
}

/** Mermaid as a fenced block, which GitHub and others draw. */
export const markdownText = (parts: readonly DrawnGraph[]): string =>
  `\`\`\`mermaid\n${mermaidText(parts)}\`\`\`\n`;

const dotString = (name: string): string => `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
