/**
 * `why STAGE`: why it runs, or does not.
 *
 * @module
 */

import { NAMED, selectTargets } from '../graph/index.ts';
import { planJson, whyText } from '../report/index.ts';
import { contentsOf } from '../workspace/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForReading } from './open-project.ts';
import { planTargets } from './plan-targets.ts';
import { printDiagnostics, printJson, type Terminal } from './terminal.ts';

export async function why(
  terminal: Terminal,
  target: string,
  flags: { readonly json?: true },
): Promise<number> {
  const workspace = await openForReading(terminal);
  const plan = workspace.ok ? planTargets(workspace.value, [target]) : workspace;
  const named = workspace.ok ? selectTargets(workspace.value.pipeline.graph, [target], NAMED) : workspace;
  if (!plan.ok || !named.ok) {
    const diagnostics = plan.ok ? (named.ok ? [] : named.error) : plan.error;
    printDiagnostics(terminal, diagnostics);
    return exitCodeOf(diagnostics);
  }
  if (flags.json) printJson(terminal, { targets: named.value, stages: planJson(plan.value) });
  else if (workspace.ok) {
    const options = { contents: contentsOf(workspace.value), baseline: 'the lock' };
    const texts = named.value.map((name) =>
      whyText(workspace.value.pipeline.graph, plan.value, name, options),
    );
    terminal.out(`${texts.join('\n\n')}\n`);
  }
  return EXIT.done;
}
