/**
 * `status`: what `repro` would do.
 *
 * @module
 */

import { isChanged, statusText } from '../report/index.ts';
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
  if (flags.json) printJson(terminal, planWithForecastJson(plan.value, expected));
  else if (!flags.quiet) {
    const text = statusText(plan.value, { showFresh: flags.verbose === true });
    terminal.out(`${text}${forecastBelow(expected)}\n`);
  }
  const hasChanged = plan.value.stages.some(({ verdict }) => isChanged(verdict));
  return flags.quiet && hasChanged ? EXIT.failed : EXIT.done;
}
