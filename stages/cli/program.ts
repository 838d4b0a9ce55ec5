/**
 * The commands of `so-tagger`.
 *
 * @module
 */

import { Command, CommanderError } from 'commander';
import { StageFailure } from 'dvc-like/stage';
import { PACKAGE } from '../io/package.ts';
import { type AddCommand, EXIT, type ExitCode } from './command.ts';
import { explain } from './commands/explain.ts';
import { predict } from './commands/predict.ts';
import { retrain } from './commands/retrain.ts';
import { runs } from './commands/runs.ts';
import { serve } from './commands/serve.ts';
import type { Terminal } from './terminal.ts';

const COMMANDS: readonly AddCommand[] = [serve, predict, explain, runs, retrain];

export async function runProgram(terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = new Command('so-tagger')
    .description('Tags questions with the model of the study')
    .version(PACKAGE.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('  = hint: see --help')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error });
  for (const add of COMMANDS) {
    add(program, terminal, async (run) => {
      exitCode = await run();
    });
  }
  try {
    await program.parseAsync([...terminal.args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.invalid;
    if (!(error instanceof StageFailure)) throw error;
    terminal.error(`error: ${error.message}\n${error.hint === undefined ? '' : `  = hint: ${error.hint}\n`}`);
    return EXIT.failed;
  }
}
