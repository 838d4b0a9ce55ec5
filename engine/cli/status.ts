/**
 * `status`: what `repro` would do.
 *
 * @module
 */

import { type Diagnostic, fromRoot } from '../core/index.ts';
import { type Plan, stageStatus } from '../plan/index.ts';
import { isChanged, stageStatusJson, statusText } from '../report/index.ts';
import { cloudStatus } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { forecastBelow, forecastPlan, planWithForecastJson } from './forecast-plan.ts';
import { readJobs } from './jobs.ts';
import { openForReading } from './open-project.ts';
import { planStages } from './plan-targets.ts';
import { remoteOptions } from './remote-options.ts';
import { type ScopeFlags, scopesOf } from './revision-scopes.ts';
import { type SelectedOuts, selectOuts } from './select-outs.ts';
import { selectVersions } from './select-versions.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface StatusFlags extends ScopeFlags {
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
  const opened = await openForReading(terminal, { isUnchecked: true });
  if (!opened.ok) return fail(terminal, opened.error);
  const workspace = opened.value;
  const isDvc = workspace.project.dialect === 'dvc';
  if (flags.cloud || flags.remote !== undefined) return statusOfRemote(terminal, workspace, targets, flags);
  const wrong = usageError(flags);
  if (wrong !== undefined) return fail(terminal, [wrong]);
  // In a DVC repository a stage is looked at by itself, unless it is asked for with what it needs.
  const selected = selectOuts(workspace, targets, isDvc ? flags : { ...flags, withDeps: true });
  if (!selected.ok) return fail(terminal, selected.error);
  const plan = planStages(workspace, selected.value.names);
  const expected = forecastPlan(workspace, plan);
  if (flags.json) {
    const json = isDvc ? statusJson(workspace, plan, selected.value) : planWithForecastJson(plan, expected);
    printJson(terminal, json);
  } else if (!flags.quiet) {
    const text = statusText(plan, { showFresh: flags.verbose === true });
    terminal.out(`${text}${forecastBelow(expected)}\n`);
  }
  const hasChanged = plan.stages.some(({ verdict }) => isChanged(verdict));
  return flags.quiet && hasChanged ? EXIT.failed : EXIT.done;
}

function usageError(flags: StatusFlags): Diagnostic | undefined {
  const ofRemotes = [
    ...scopesOf(flags).map((scope) => `"--all-${scope}"`),
    ...(flags.jobs ? ['"--jobs"'] : []),
  ];
  if (ofRemotes.length === 0) return undefined;
  return {
    code: 'E_USAGE',
    message: `${ofRemotes.join(', ')} without "--cloud"`,
    hint: 'pass -c to compare the cache with the remote',
  };
}

async function statusOfRemote(
  terminal: Terminal,
  workspace: Workspace,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<number> {
  const jobs = readJobs(flags.jobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  const isDvc = workspace.project.dialect === 'dvc';
  const selected = selectVersions(workspace, targets, isDvc ? flags : { ...flags, withDeps: true });
  if (!selected.ok) return fail(terminal, selected.error);
  for (const { message } of selected.value.warnings) terminal.error(`Warning: ${message}\n`);
  const found = await cloudStatus(workspace, selected.value.outs, {
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
function statusJson(
  { pipeline, observer, project }: Workspace,
  plan: Plan,
  { isMeant }: SelectedOuts,
): object {
  const { entries } = pipeline.lock;
  return stageStatusJson(
    plan.stages.map(({ stage }) => {
      const status = stageStatus(stage, entries.get(stage.name), observer);
      const outs = [...status.outs].filter(([path]) =>
        isMeant({ stage: stage.name, path: fromRoot(stage.wdir, path) }),
      );
      return { stage, status: { ...status, outs: new Map(outs) } };
    }),
    project,
  );
}
