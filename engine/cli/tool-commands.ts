/**
 * The commands for shells, editors and people who look for help: `completion`, `schema`, `help`.
 *
 * @module
 */

import { Argument, type Command, Option } from 'commander';
import type { Shell } from './completion/index.ts';
import { help } from './help.ts';
import type { SchemaFlags } from './schema.ts';
import type { Terminal } from './terminal.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[];

/** @param finish Takes the exit code of the command that was given. */
export function addToolCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  program
    .command('completion')
    .description('print the script that makes a shell complete commands, flags and stages')
    .addArgument(new Argument('[shell]', 'the shell that is to read it (default: bash)').choices(SHELLS))
    .addOption(new Option('-s, --shell <shell>', 'the same as a flag').choices(SHELLS))
    .action((named: Shell | undefined, { shell = 'bash' }: { readonly shell?: Shell }) =>
      finish(import('./completion/index.ts').then(({ completion }) => completion(terminal, named ?? shell))),
    );
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: string[]) =>
      finish(import('./completion/index.ts').then(({ complete }) => complete(terminal, program, words))),
    );
  program
    .command('schema')
    .description('print the JSON Schema of the manifest, or of the params, for editors')
    .option('--params', 'of the params file, from the schemas of the modules')
    .action((options: SchemaFlags) =>
      finish(import('./schema.ts').then(({ schema }) => schema(terminal, options))),
    );
  program
    .command('help')
    .description('show the help of a command')
    .argument('[command...]', 'the command; without, the help lists them all')
    .action((names: string[]) => finish(Promise.resolve(help(terminal, program, names))));
}
