/**
 * Help: its wording, the same for each command, and `help COMMAND`.
 *
 * @module
 */

import type { Command } from 'commander';
import { didYouMean } from '../core/index.ts';
import { EXAMPLES } from './examples.ts';
import { EXIT } from './exit-code.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';
import { usageError } from './usage-error.ts';

/** Before commands are added: they take it over. */
export function useOurHelp(program: Command): void {
  program.helpOption('-h, --help', 'show this help');
}

/** After all commands are added: examples, and usage errors that name the command. */
export function completeHelp(program: Command, terminal: Terminal): void {
  for (const command of allCommands(program)) {
    command.helpCommand(false);
    const name = pathOf(command);
    const examples = EXAMPLES[name] ?? [];
    if (examples.length > 0) command.addHelpText('after', `\n${exampleText(examples)}`);
    command.configureOutput({
      outputError: (text) => {
        printDiagnostics(terminal, [usageError(text, ['dvc-like', name].join(' ').trim())]);
      },
    });
  }
}

/** `help COMMAND`: the same as `COMMAND --help`. */
export function help(terminal: Terminal, program: Command, names: readonly string[]): number {
  let command = program;
  for (const name of names) {
    const known = command.createHelp().visibleCommands(command);
    const next = known.find((each) => each.name() === name);
    if (next === undefined) {
      const of = pathOf(command);
      printDiagnostics(terminal, [
        {
          code: 'E_USAGE',
          message: `Unknown command "${[of, name].join(' ').trim()}"`,
          hint:
            didYouMean(
              name,
              known.map((each) => each.name()),
            ) ?? 'see "dvc-like help"',
        },
      ]);
      return EXIT.invalid;
    }
    command = next;
  }
  command.outputHelp();
  return EXIT.done;
}

/** The program itself and each command that is not hidden, as the help lists them. */
function* allCommands(command: Command): Generator<Command> {
  yield command;
  for (const each of command.createHelp().visibleCommands(command)) yield* allCommands(each);
}

/** `stage list`; nothing for the program. */
const pathOf = (command: Command): string =>
  command.parent === null ? '' : [pathOf(command.parent), command.name()].join(' ').trim();

const exampleText = (examples: readonly (readonly [string, string])[]): string =>
  ['Examples:', ...examples.map(([line, meaning]) => `  $ dvc-like ${line}\n      ${meaning}`)].join('\n');
