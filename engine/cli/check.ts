/**
 * `check`: everything that can be wrong before anything runs.
 *
 * @module
 */

import { checkStageParams } from '../workspace/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export async function check(terminal: Terminal, flags: { readonly json?: true }): Promise<number> {
  const workspace = await openForReading(terminal);
  const plan = workspace.ok ? planTargets(workspace.value, []) : workspace;
  let diagnostics = plan.ok
    ? [...new Set(plan.value.stages.flatMap(({ verdict }) => (verdict.kind === 'blocked' ? verdict.by : [])))]
    : plan.error;
  if (workspace.ok && plan.ok) {
    const params = await checkStageParams(
      workspace.value,
      plan.value.stages.map(({ stage }) => stage),
    );
    diagnostics = [...diagnostics, ...params];
  }
  if (flags.json) {
    printJson(terminal, {
      errors: diagnostics.map(({ code, message, hint }) => ({ code, message, hint: hint ?? null })),
    });
  } else if (diagnostics.length > 0) {
    printDiagnostics(terminal, diagnostics);
  } else if (plan.ok) {
    terminal.out(`${plan.value.stages.length} stages, nothing wrong\n`);
  }
  return diagnostics.length > 0 ? exitCodeOf(diagnostics) : EXIT.done;
}
