/**
 * What a command is: a file in `commands/` that adds itself to the program. What it needs to run it imports when it
 * runs, so that no command makes the others slower to start.
 *
 * ```ts
 * export const hello: AddCommand = (program, terminal, finish) => {
 *   program
 *     .command('hello')
 *     .description('greet somebody')
 *     .argument('<name>')
 *     .action((name: string) => finish(() => greet(terminal, name)));
 * };
 *
 * async function greet(terminal: Terminal, name: string): Promise<ExitCode> {
 *   const { greeting } = await import('../../serve/index.ts');
 *   terminal.out(`${greeting(name)}\n`);
 *   return EXIT.done;
 * }
 * ```
 *
 * A `StageFailure` that it throws is shown with its hint, and the exit code is 1.
 *
 * @module
 */

import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

export const EXIT = {
  done: 0,
  /** What was asked for could not be done. */
  failed: 1,
  /** Wrong usage. */
  invalid: 2,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Finish = (run: () => Promise<ExitCode>) => Promise<void>;

export type AddCommand = (program: Command, terminal: Terminal, finish: Finish) => void;
