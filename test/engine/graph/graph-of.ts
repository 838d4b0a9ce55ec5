/**
 * From the text of a manifest to its stage graph, or to what is wrong as a person sees it.
 *
 * @module
 */

import { renderDiagnostics } from '../../../engine/core/index.ts';
import { buildGraph, type StageGraph } from '../../../engine/graph/index.ts';
import { resolveNative } from '../template/resolve.ts';

/** @throws {Error} With the rendered diagnostics, if there are any. */
export function graphOf(manifest: string, config = ''): StageGraph {
  const graph = buildGraph(resolveNative(manifest, config).stages);
  if (!graph.ok) throw new Error(renderDiagnostics(graph.error));
  return graph.value;
}

/** What is wrong with it, rendered; empty if nothing is. */
export function graphErrors(manifest: string): string {
  const graph = buildGraph(resolveNative(manifest).stages);
  return graph.ok ? '' : renderDiagnostics(graph.error);
}

/** `name: deps -> outs; …` as a manifest; blanks between paths. */
export function manifestOf(stages: string): string {
  const lines = stages.split(';').map((stage) => {
    const [, name, deps, outs] = /^\s*(\S+):(.*)->(.*)$/.exec(stage)!;
    const list = (paths: string): string =>
      paths
        .split(' ')
        .filter(Boolean)
        .map((path) => `'${path}'`)
        .join(', ');
    return `  ${name!}: {cmd: run ${name!}, deps: [${list(deps!)}], outs: [${list(outs!)}]}\n`;
  });
  return `stages:\n${lines.join('')}`;
}
