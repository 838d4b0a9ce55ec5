/**
 * `dag`: the pipeline as a graph.
 *
 * @module
 */

import { basename, resolve } from 'node:path';
import { err, ok, type Result, writeFileAtomic } from '../../cache/index.ts';
import { type Diagnostic, fromRoot, fromWdir } from '../core/index.ts';
import { selectTargets } from '../graph/index.ts';
import type { Plan } from '../plan/index.ts';
import {
  type DrawnGraph,
  dotText,
  drawnGraph,
  forecastText,
  inDeclaredOrder,
  loadDag,
  markdownText,
  mermaidText,
  type NodeState,
  outsAround,
  outsFrom,
  outsGraph,
  partsByName,
} from '../report/index.ts';
import { readDurations } from '../runs/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type DagFlags, type DagForm, readDagFlags } from './dag-flags.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { forecastPlan, planWithForecastJson } from './forecast-plan.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { selectOuts } from './select-outs.ts';
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
  const { cwd, dialect } = workspace.value.project;
  const throughFrozen = dialect === 'dvc';
  const selected = selectTargets(graph, targets, { scope, isGlob: false, outsFrom: cwd, throughFrozen });
  if (!selected.ok) return selected;
  const { kind, isFolded } = form.value;
  const ofOuts = (states?: ReadonlyMap<string, NodeState>): DrawnGraph => {
    const drawn = outsOf(workspace.value, targets, scope, outsGraph(graph, selected.value, states));
    return dialect === 'dvc' ? outsFrom(cwd, drawn) : drawn;
  };
  if (kind === 'drawing' || kind === 'page') {
    const plan = planSelected(workspace.value, selected.value);
    if (!plan.ok) return err(plan.error);
    await draw(terminal, workspace.value, {
      selected: selected.value,
      plan: plan.value,
      form: form.value,
      ofOuts: flags.outs ? ofOuts : undefined,
    });
    const expected = flags.plan ? forecastPlan(workspace.value, plan.value) : undefined;
    const text = expected === undefined ? '' : forecastText(expected);
    if (text !== '') terminal.out(`${text}\n`);
    return ok(undefined);
  }
  const drawn = flags.outs ? ofOuts() : drawnGraph(graph, selected.value, { isFolded });
  if (kind === 'json' && flags.plan) {
    const plan = planSelected(workspace.value, selected.value);
    if (!plan.ok) return err(plan.error);
    const expected = forecastPlan(workspace.value, plan.value);
    printJson(terminal, { ...graphJson(drawn), plan: planWithForecastJson(plan.value, expected) });
  } else if (kind === 'json') printJson(terminal, graphJson(drawn));
  else terminal.out(FORMATS[kind](written(workspace.value, drawn, flags.outs === true)));
  return ok(undefined);
}

const FORMATS = {
  dot: ({ whole }: Written) => dotText(whole),
  mermaid: ({ parts }: Written) => mermaidText(parts),
  md: ({ parts }: Written) => markdownText(parts),
} as const;

interface Written {
  readonly whole: DrawnGraph;
  readonly parts: readonly DrawnGraph[];
}

/** In plan order, but as DVC has it in a DVC repository: whoever compares the two texts sees no change. */
function written({ project, pipeline }: Workspace, drawn: DrawnGraph, isOfOuts: boolean): Written {
  if (project.dialect === 'native') return { whole: drawn, parts: [drawn] };
  const declared = [...pipeline.graph.stages.values()].flatMap(({ name, outs, wdir }) =>
    isOfOuts ? outs.map(({ path }) => fromWdir(project.cwd, fromRoot(wdir, path))) : [name],
  );
  const whole = inDeclaredOrder(drawn, declared);
  return { whole, parts: partsByName(whole) };
}

/** Of outs only those that the targets, stages or outs, have to do with. */
function outsOf(
  workspace: Workspace,
  targets: readonly string[],
  scope: 'upstream' | 'downstream' | 'pipeline',
  drawn: DrawnGraph,
): DrawnGraph {
  const selected = targets.length > 0 ? selectOuts(workspace, targets, {}) : undefined;
  if (selected?.ok !== true) return drawn;
  const { names, isMeant } = selected.value;
  const from = names.flatMap((name) => {
    const { outs, wdir } = workspace.pipeline.graph.stages.get(name)!;
    return outs
      .map(({ path }) => ({ stage: name, path: fromRoot(wdir, path) }))
      .filter(isMeant)
      .map(({ path }) => path);
  });
  return outsAround(drawn, from, scope);
}

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
  readonly ofOuts: ((states: ReadonlyMap<string, NodeState>) => DrawnGraph) | undefined;
}

async function draw(terminal: Terminal, workspace: Workspace, drawing: Drawing): Promise<void> {
  const { selected, plan, form, ofOuts } = drawing;
  const { graph, lock } = workspace.pipeline;
  const states = new Map(plan.stages.map(({ stage, verdict }) => [stage.name, verdict.kind]));
  const drawn = ofOuts ? ofOuts(states) : drawnGraph(graph, selected, { isFolded: form.isFolded, states });
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
