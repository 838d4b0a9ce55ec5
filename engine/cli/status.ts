/**
 * `status`: what `repro` would do.
 *
 * @module
 */

import { isChanged, planJson, statusText } from '../report/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

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
    printDiagnostics(terminal, plan.error);
    return exitCodeOf(plan.error);
  }
  if (flags.json) printJson(terminal, { stages: planJson(plan.value) });
  else if (!flags.quiet) terminal.out(`${statusText(plan.value, { showFresh: flags.verbose === true })}\n`);
  const hasChanged = plan.value.stages.some(({ verdict }) => isChanged(verdict));
  return flags.quiet && hasChanged ? EXIT.failed : EXIT.done;
}
