/**
 * `checkout`: brings the outs of the lock back from the cache.
 *
 * @module
 */

import { ok } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { checkoutStages, type RunEvent } from '../run/index.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { openHolding, stagesNamed } from './hold-paths.ts';
import { selectOuts } from './select-outs.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';

export interface CheckoutFlags {
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly allowMissing?: true;
  readonly relink?: true;
  readonly force?: true;
  readonly summary?: true;
}

export async function checkout(
  terminal: Terminal,
  targets: readonly string[],
  flags: CheckoutFlags,
): Promise<number> {
  const report = (event: RunEvent): void => {
    if (event.kind === 'waiting-for-lock') terminal.error(`Waiting for ${event.holder}\n`);
  };
  const done = await openHolding(terminal, report, {}, (workspace) => {
    const selected = selectOuts(workspace, targets, flags);
    if (!selected.ok) return Promise.resolve(selected);
    const { isAll, names, isMeant, partsOf } = selected.value;
    const work = (): Promise<number> => {
      const checkedOut = checkoutStages(workspace, names, {
        isMeant,
        partsOf,
        relink: flags.relink && 'all',
        removeUnused: isAll,
        force: flags.force,
      });
      if (!checkedOut.ok) return Promise.resolve(fail(terminal, checkedOut.error, EXIT.failed));
      const { restored, removed, failures } = checkedOut.value;
      const lines = flags.summary ? [] : [...removed.map((path) => `${path} (removed)`), ...restored];
      for (const line of lines) terminal.out(`${line}\n`);
      const gone = removed.length === 0 ? '' : `, ${removed.length} removed`;
      terminal.out(`${restored.length} ${restored.length === 1 ? 'out' : 'outs'} restored${gone}\n`);
      return Promise.resolve(
        failures.length > 0 && !flags.allowMissing ? fail(terminal, failures, EXIT.failed) : EXIT.done,
      );
    };
    return Promise.resolve(ok({ stages: stagesNamed(workspace.pipeline.graph, names), work }));
  });
  return done.ok ? done.value : fail(terminal, done.error, exitCodeOf(done.error));
}

function fail(terminal: Terminal, diagnostics: readonly Diagnostic[], exitCode: number): number {
  printDiagnostics(terminal, diagnostics);
  return exitCode;
}
