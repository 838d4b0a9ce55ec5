/**
 * `dag`: the pipeline as a graph.
 *
 * @module
 */

import { selectTargets } from '../graph/index.ts';
import { dotText, edgesOf, mermaidText, outlineText } from '../report/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForReading } from './open-project.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export interface DagFlags {
  readonly dot?: true;
  readonly mermaid?: true;
  readonly json?: true;
}

export async function dag(terminal: Terminal, targets: readonly string[], flags: DagFlags): Promise<number> {
  const workspace = await openForReading(terminal);
  const selected = workspace.ok ? selectTargets(workspace.value.pipeline.graph, targets) : workspace;
  if (!workspace.ok || !selected.ok) {
    const diagnostics = workspace.ok ? (selected.ok ? [] : selected.error) : workspace.error;
    printDiagnostics(terminal, diagnostics);
    return exitCodeOf(diagnostics);
  }
  const { graph } = workspace.value.pipeline;
  if (flags.json) printJson(terminal, { stages: selected.value, edges: edgesOf(graph, selected.value) });
  else if (flags.dot) terminal.out(dotText(graph, selected.value));
  else if (flags.mermaid) terminal.out(mermaidText(graph, selected.value));
  else terminal.out(outlineText(graph, selected.value));
  return EXIT.done;
}
