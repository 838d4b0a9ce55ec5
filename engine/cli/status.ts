/**
 * `status`: what `repro` would do.
 *
 * @module
 */

import { NAMED, selectTargets, type TargetOptions, WITH_UPSTREAM } from '../graph/index.ts';
import { type Plan, stageStatus } from '../plan/index.ts';
import { isChanged, stageStatusJson, statusText } from '../report/index.ts';
import { cloudStatus } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { forecastBelow, forecastPlan, planWithForecastJson } from './forecast-plan.ts';
import { readJobs } from './jobs.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { remoteOptions } from './remote-options.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface StatusFlags {
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
  readonly cloud?: true;
  readonly remote?: string;
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly jobs?: string;
}

export async function status(
  terminal: Terminal,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<number> {
  const workspace = await openForReading(terminal, { isUnchecked: true });
  if (flags.cloud && workspace.ok) return statusOfRemote(terminal, workspace.value, targets, flags);
  const plan = workspace.ok
    ? planTargets(workspace.value, targets, scopeOf(workspace.value, flags))
    : workspace;
  if (!plan.ok) {
    return fail(terminal, plan.error);
  }
  const expected = workspace.ok ? forecastPlan(workspace.value, plan.value) : undefined;
  if (flags.json) {
    const isDvc = workspace.ok && workspace.value.project.dialect === 'dvc';
    const json = isDvc ? statusJson(workspace.value, plan.value) : planWithForecastJson(plan.value, expected);
    printJson(terminal, json);
  } else if (!flags.quiet) {
    const text = statusText(plan.value, { showFresh: flags.verbose === true });
    terminal.out(`${text}${forecastBelow(expected)}\n`);
  }
  const hasChanged = plan.value.stages.some(({ verdict }) => isChanged(verdict));
  return flags.quiet && hasChanged ? EXIT.failed : EXIT.done;
}

/** In a DVC repository a stage is looked at by itself, unless it is asked for with what it needs. */
const scopeOf = ({ project }: Workspace, flags: StatusFlags): TargetOptions => ({
  ...(flags.withDeps || project.dialect === 'native' ? WITH_UPSTREAM : NAMED),
  ...(flags.recursive ? { directoriesFrom: project.cwd } : {}),
});

async function statusOfRemote(
  terminal: Terminal,
  workspace: Workspace,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<number> {
  const jobs = readJobs(flags.jobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  const selected = selectTargets(workspace.pipeline.graph, targets, {
    ...(flags.withDeps ? WITH_UPSTREAM : NAMED),
    ...(flags.recursive ? { directoriesFrom: workspace.project.cwd } : {}),
  });
  if (!selected.ok) return fail(terminal, selected.error);
  const found = await cloudStatus(workspace, selected.value, {
    ...remoteOptions(flags.remote, jobs),
    signal: terminal.interrupted(),
  });
  workspace.memo.save();
  if (!found.ok) return fail(terminal, found.error);
  if (flags.json) printJson(terminal, Object.fromEntries(found.value));
  else if (!flags.quiet) {
    const lines = [...found.value].map(([path, state]) => `${`${state}:`.padEnd(9)} ${path}\n`);
    terminal.out(lines.join('') || 'Cache and remote are in sync.\n');
  }
  return flags.quiet && found.value.size > 0 ? EXIT.failed : EXIT.done;
}

/** As DVC says it. */
function statusJson({ pipeline, observer, project }: Workspace, plan: Plan): object {
  const { entries } = pipeline.lock;
  return stageStatusJson(
    plan.stages.map(({ stage }) => ({
      stage,
      status: stageStatus(stage, entries.get(stage.name), observer),
    })),
    project,
  );
}
