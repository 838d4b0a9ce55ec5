/**
 * `dag`: the pipeline as a graph.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { selectTargets } from '../graph/index.ts';
import {
  type DrawnGraph,
  dotText,
  drawnGraph,
  loadLayout,
  markdownText,
  mermaidText,
  terminalText,
} from '../report/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export interface DagFlags {
  readonly downstream?: true;
  readonly expand?: true;
  readonly width?: string;
  readonly dot?: true;
  readonly mermaid?: true;
  readonly md?: true;
  readonly collapseForeachMatrix?: true;
  readonly json?: true;
}

const DEFAULT_COLUMNS = 80;

export async function dag(terminal: Terminal, targets: readonly string[], flags: DagFlags): Promise<number> {
  const asked = readFlags(terminal, targets, flags);
  const workspace = asked.ok ? await openForReading(terminal) : asked;
  const scope = flags.downstream ? 'downstream' : 'upstream';
  const selected = workspace.ok
    ? selectTargets(workspace.value.pipeline.graph, targets, { scope, isGlob: false })
    : workspace;
  if (!asked.ok || !workspace.ok || !selected.ok) {
    const diagnostics = selected.ok ? [] : selected.error;
    printDiagnostics(terminal, diagnostics);
    return exitCodeOf(diagnostics);
  }
  const { kind } = asked.value;
  if (kind === 'drawing') return draw(terminal, workspace.value, selected.value, asked.value);
  const { graph } = workspace.value.pipeline;
  const drawn = drawnGraph(graph, selected.value, { isFolded: flags.collapseForeachMatrix === true });
  if (kind === 'json') printJson(terminal, graphJson(drawn));
  else terminal.out(FORMATS[kind](drawn));
  return EXIT.done;
}

const FORMATS = { dot: dotText, mermaid: mermaidText, md: markdownText } as const;

type Asked =
  | { readonly kind: keyof typeof FORMATS | 'json' }
  | { readonly kind: 'drawing'; readonly isFolded: boolean; readonly width: number };

function readFlags(
  terminal: Terminal,
  targets: readonly string[],
  flags: DagFlags,
): Result<Asked, readonly Diagnostic[]> {
  const formats = (['json', 'dot', 'mermaid', 'md'] as const).filter((format) => flags[format] === true);
  const [format] = formats;
  if (formats.length > 1) {
    return usageError(`${formats.map((name) => `"--${name}"`).join(' and ')} exclude each other`);
  }
  if (flags.expand && flags.collapseForeachMatrix) {
    return usageError('"--expand" and "--collapse-foreach-matrix" exclude each other');
  }
  if (flags.downstream && targets.length === 0) {
    return usageError('"--downstream" needs a target', 'name the stages to start from');
  }
  if (format !== undefined) return ok({ kind: format });
  const width = flags.width === undefined ? (terminal.columns() ?? DEFAULT_COLUMNS) : Number(flags.width);
  if (flags.width !== undefined && !(/^\d{2,4}$/.test(flags.width) && width >= MIN_COLUMNS)) {
    return usageError(`"--width ${flags.width}" is not a number of columns from ${MIN_COLUMNS} to 9999`);
  }
  return ok({ kind: 'drawing', isFolded: flags.expand !== true, width: Math.max(width, MIN_COLUMNS) });
}

const MIN_COLUMNS = 20;

const usageError = (message: string, hint?: string): Result<never, readonly Diagnostic[]> =>
  err([{ code: 'E_USAGE', message, hint }]);

async function draw(
  terminal: Terminal,
  workspace: Workspace,
  selected: readonly string[],
  { isFolded, width }: { readonly isFolded: boolean; readonly width: number },
): Promise<number> {
  const { graph } = workspace.pipeline;
  const plan = selected.length === 0 ? ok({ stages: [] }) : planTargets(workspace, selected);
  if (!plan.ok) throw new Error('Bug: a selected stage is unknown');
  const states = new Map(plan.value.stages.map(({ stage, verdict }) => [stage.name, verdict.kind]));
  const drawn = drawnGraph(graph, selected, { isFolded, states });
  const text = terminalText(drawn, { width, isColoured: terminal.isColoured, states }, await loadLayout());
  terminal.out(`${text}\n`);
  return EXIT.done;
}

const graphJson = ({ nodes, edges }: DrawnGraph): object => ({
  stages: nodes.map(({ id }) => id),
  edges,
  groups: Object.fromEntries(nodes.flatMap(({ id, members }) => (members[0] === id ? [] : [[id, members]]))),
});
