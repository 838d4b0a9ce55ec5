/**
 * `status`: what `repro` would do.
 *
 * @module
 */

import { type Plan, stageStatus } from '../plan/index.ts';
import { isChanged, stageStatusJson, statusText } from '../report/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { forecastBelow, forecastPlan, planWithForecastJson } from './forecast-plan.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface StatusFlags {
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
}

export async function status(
  terminal: Terminal,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<number> {
  const workspace = await openForReading(terminal);
  const plan = workspace.ok ? planTargets(workspace.value, targets) : workspace;
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

/** As DVC says it. */
function statusJson({ pipeline, observer }: Workspace, plan: Plan): object {
  const { entries } = pipeline.lock;
  return stageStatusJson(
    new Map(
      plan.stages.map(({ stage }) => [stage.name, stageStatus(stage, entries.get(stage.name), observer)]),
    ),
  );
}
