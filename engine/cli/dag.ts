/**
 * `dag`: the pipeline as a graph.
 *
 * @module
 */

import { basename, resolve } from 'node:path';
import { err, ok, type Result, writeFileAtomic } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { selectTargets } from '../graph/index.ts';
import type { Plan } from '../plan/index.ts';
import {
  type DrawnGraph,
  dotText,
  drawnGraph,
  forecastText,
  loadDag,
  markdownText,
  mermaidText,
  outsGraph,
} from '../report/index.ts';
import { readDurations } from '../runs/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type DagFlags, type DagForm, readDagFlags } from './dag-flags.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { forecastPlan, planWithForecastJson } from './forecast-plan.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printJson, type Terminal } from './terminal.ts';

export async function dag(terminal: Terminal, targets: readonly string[], flags: DagFlags): Promise<number> {
  const shown = await show(terminal, targets, flags);
  if (shown.ok) return EXIT.done;
  return fail(terminal, shown.error);
}

async function show(
  terminal: Terminal,
  targets: readonly string[],
  flags: DagFlags,
): Promise<Result<undefined, readonly Diagnostic[]>> {
  const form = readDagFlags(targets, flags, terminal.columns());
  if (!form.ok) return form;
  const workspace = await openForReading(terminal);
  if (!workspace.ok) return workspace;
  const { graph } = workspace.value.pipeline;
  const scope = flags.full ? 'pipeline' : flags.downstream ? 'downstream' : 'upstream';
  const outsFrom = workspace.value.project.cwd;
  const selected = selectTargets(graph, targets, { scope, isGlob: false, outsFrom });
  if (!selected.ok) return selected;
  const { kind, isFolded } = form.value;
  if (kind === 'drawing' || kind === 'page') {
    const plan = planSelected(workspace.value, selected.value);
    if (!plan.ok) return err(plan.error);
    await draw(terminal, workspace.value, {
      selected: selected.value,
      plan: plan.value,
      form: form.value,
      ofOuts: flags.outs === true,
    });
    const expected = flags.plan ? forecastPlan(workspace.value, plan.value) : undefined;
    const text = expected === undefined ? '' : forecastText(expected);
    if (text !== '') terminal.out(`${text}\n`);
    return ok(undefined);
  }
  const drawn = flags.outs
    ? outsGraph(graph, selected.value)
    : drawnGraph(graph, selected.value, { isFolded });
  if (kind === 'json' && flags.plan) {
    const plan = planSelected(workspace.value, selected.value);
    if (!plan.ok) return err(plan.error);
    const expected = forecastPlan(workspace.value, plan.value);
    printJson(terminal, { ...graphJson(drawn), plan: planWithForecastJson(plan.value, expected) });
  } else if (kind === 'json') printJson(terminal, graphJson(drawn));
  else terminal.out(FORMATS[kind](drawn));
  return ok(undefined);
}

const FORMATS = { dot: dotText, mermaid: mermaidText, md: markdownText } as const;

/** No targets would be all. */
const planSelected = (
  workspace: Workspace,
  selected: readonly string[],
): Result<Plan, readonly Diagnostic[]> =>
  selected.length === 0 ? ok({ stages: [] }) : planTargets(workspace, selected);

interface Drawing {
  readonly selected: readonly string[];
  /** Of the selected stages and all that they need. */
  readonly plan: Plan;
  readonly form: Extract<DagForm, { kind: 'drawing' | 'page' }>;
  /** A node for each out instead of each stage. */
  readonly ofOuts: boolean;
}

async function draw(terminal: Terminal, workspace: Workspace, drawing: Drawing): Promise<void> {
  const { selected, plan, form, ofOuts } = drawing;
  const { graph, lock } = workspace.pipeline;
  const states = new Map(plan.stages.map(({ stage, verdict }) => [stage.name, verdict.kind]));
  const drawn = ofOuts
    ? outsGraph(graph, selected, states)
    : drawnGraph(graph, selected, { isFolded: form.isFolded, states });
  const { dagPage, loadLayout, terminalText } = await loadDag();
  const layout = await loadLayout();
  if (form.kind === 'drawing') {
    const options = { width: form.width, isColoured: terminal.isColoured, states };
    terminal.out(`${terminalText(drawn, options, layout)}\n`);
    return;
  }
  const title = `${basename(workspace.project.root)}: pipeline`;
  const durationMs = readDurations(workspace.fs, workspace.state).last;
  const content = { title, graph: drawn, plan, lock: lock.entries, durationMs };
  const page = dagPage(content, layout, workspace.fs);
  if (form.file === '-') {
    terminal.out(page);
  } else {
    writeFileAtomic(workspace.fs, resolve(terminal.cwd, form.file), page);
    terminal.out(`Wrote ${form.file}\n`);
  }
}

const graphJson = ({ nodes, edges }: DrawnGraph): object => ({
  stages: nodes.map(({ id }) => id),
  edges,
  groups: Object.fromEntries(nodes.flatMap(({ id, members }) => (members[0] === id ? [] : [[id, members]]))),
});
