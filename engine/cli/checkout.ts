/**
 * `checkout`: brings the outs of the lock back from the cache.
 *
 * @module
 */

import type { Diagnostic } from '../core/index.ts';
import { NAMED, selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import { checkoutStages, type RunEvent } from '../run/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openForWork } from './open-project.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';

export interface CheckoutFlags {
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly allowMissing?: true;
}

export async function checkout(
  terminal: Terminal,
  targets: readonly string[],
  flags: CheckoutFlags,
): Promise<number> {
  const report = (event: RunEvent): void => {
    if (event.kind === 'waiting-for-lock') terminal.error(`Waiting for ${event.holder}\n`);
  };
  const done = await openForWork(terminal, report, {}, (workspace) => {
    const { graph } = workspace.pipeline;
    const { cwd } = workspace.project;
    const selected = selectTargets(graph, targets, {
      ...(flags.withDeps ? WITH_UPSTREAM : NAMED),
      outsFrom: cwd,
      ...(flags.recursive ? { directoriesFrom: cwd } : {}),
    });
    if (!selected.ok) return Promise.resolve(fail(terminal, selected.error, exitCodeOf(selected.error)));
    const { restored, failures } = checkoutStages(workspace, selected.value);
    for (const path of restored) terminal.out(`${path}\n`);
    terminal.out(`${restored.length} ${restored.length === 1 ? 'out' : 'outs'} restored\n`);
    const isFailed = failures.length > 0 && !flags.allowMissing;
    return Promise.resolve(isFailed ? fail(terminal, failures, EXIT.failed) : EXIT.done);
  });
  return done.ok ? done.value : fail(terminal, done.error, exitCodeOf(done.error));
}

function fail(terminal: Terminal, diagnostics: readonly Diagnostic[], exitCode: number): number {
  printDiagnostics(terminal, diagnostics);
  return exitCode;
}
