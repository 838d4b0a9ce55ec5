/**
 * The commands about past runs: `runs` and `log`.
 *
 * @module
 */

import type { Command } from 'commander';
import type { RunsFlags, RunsShowFlags } from './runs.ts';
import type { Terminal } from './terminal.ts';

export function addRunCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  const json = ['--json', 'print JSON, for scripts'] as const;
  const runs = program
    .command('runs')
    .description('list the last runs')
    .option('-n, --number <n>', 'at most so many (default: 20)')
    .option(...json)
    .action((options: RunsFlags) =>
      finish(import('./runs.ts').then(({ listRuns }) => listRuns(terminal, options))),
    );
  runs
    .command('show')
    .description('show a run: its stages, when, why and what they took')
    .argument('<run>', 'its name, how that begins or ends, or "last"')
    .option('--html [file]', 'write a page with its timeline (default: run-RUN.html; "-" prints it)')
    .option(...json)
    .action((run: string, _options: unknown, command: Command) =>
      finish(
        import('./runs.ts').then(({ showRun }) =>
          // `runs` knows --json too, and takes it first.
          showRun(terminal, run, command.optsWithGlobals<RunsShowFlags>()),
        ),
      ),
    );
  program
    .command('log')
    .description('print what a stage wrote the last time it ran')
    .argument('<stages...>', 'stages or groups')
    .action((stages: string[]) => finish(import('./log.ts').then(({ log }) => log(terminal, stages))));
}
