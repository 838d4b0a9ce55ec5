/**
 * The graph for other tools: DOT and Mermaid, and an indented outline for the terminal.
 *
 * @module
 */

import type { StageGraph } from '../graph/index.ts';

/** Graphviz: nodes in plan order, edges from maker to user. */
export function dotText(graph: StageGraph, selected: readonly string[]): string {
  const lines = [
    ...selected.map((name) => `  ${dotString(name)};`),
    ...edgesOf(graph, selected).map(([from, to]) => `  ${dotString(from)} -> ${dotString(to)};`),
  ];
  return `strict digraph {\n${lines.join('\n')}\n}\n`;
}

export function mermaidText(graph: StageGraph, selected: readonly string[]): string {
  const ids = new Map(selected.map((name, i) => [name, `node${i + 1}`]));
  const lines = [
    ...selected.map((name) => `\t${ids.get(name)!}["${name.replaceAll('"', '#quot;')}"]`),
    ...edgesOf(graph, selected).map(([from, to]) => `\t${ids.get(from)!}-->${ids.get(to)!}`),
  ];
  return `flowchart TD\n${lines.join('\n')}\n`;
}

export function edgesOf(
  graph: StageGraph,
  selected: readonly string[],
): readonly (readonly [string, string])[] {
  const chosen = new Set(selected);
  return selected.flatMap((name) =>
    graph
      .upstream(name)
      .filter((upstream) => chosen.has(upstream))
      .map((upstream) => [upstream, name] as const),
  );
}

/**
 * A line for each stage or group in plan order, with what it needs: `clean (36)  <- collect`.
 */
export function outlineText(graph: StageGraph, selected: readonly string[]): string {
  const nameOf = (stage: string): string => graph.stages.get(stage)!.group ?? stage;
  const members = new Map<string, number>();
  const needs = new Map<string, Set<string>>();
  for (const name of selected) {
    const node = nameOf(name);
    members.set(node, (members.get(node) ?? 0) + 1);
    const known = needs.get(node) ?? new Set();
    for (const upstream of graph.upstream(name)) known.add(nameOf(upstream));
    needs.set(node, known);
  }
  const label = (node: string): string => {
    const isGroup = !graph.stages.has(node);
    return isGroup ? `${node}@… (${members.get(node) ?? 0})` : node;
  };
  const width = Math.max(0, ...[...members.keys()].map((node) => label(node).length));
  const lines = [...members.keys()].map((node) => {
    const upstream = [...needs.get(node)!].filter((other) => other !== node);
    return upstream.length === 0 ? label(node) : `${label(node).padEnd(width)}  <- ${upstream.join(', ')}`;
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const dotString = (name: string): string => `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
