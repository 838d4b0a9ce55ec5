/**
 * The commands about values, and those that edit the manifest: `params`, `metrics`, `freeze`, `unfreeze`.
 *
 * @module
 */

import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** @param finish Takes the exit code of the command that was given. */
export function addValueCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  program
    .command('freeze')
    .description('leave stages alone from now on, whatever changes: sets "frozen: true" in the manifest')
    .argument('<stages...>', 'stages, or groups as a whole')
    .action((names: string[]) =>
      finish(import('./freeze.ts').then(({ freeze }) => freeze(terminal, names, true))),
    );
  program
    .command('unfreeze')
    .description('let frozen stages run again')
    .argument('<stages...>', 'stages, or groups as a whole')
    .action((names: string[]) =>
      finish(import('./freeze.ts').then(({ freeze }) => freeze(terminal, names, false))),
    );
}
