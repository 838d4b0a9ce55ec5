/**
 * The commands about values, and those that edit the manifest: `params`, `metrics`, `ci-report`, `freeze`,
 * `unfreeze`.
 *
 * @module
 */

import type { Command } from 'commander';
import type { CiReportFlags } from './ci-report.ts';
import type { DiffFlags } from './diff-versions.ts';
import type { MetricsShowFlags } from './metrics-show.ts';
import type { ParamsDiffFlags } from './params-diff.ts';
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
  const params = program.command('params').description('about parameters');
  addDiffFlags(params.command('diff').description('compare the parameters of two revisions'))
    .option('--deps', 'only those that stages depend on')
    .action((revisionA: string, revisionB: string, flags: ParamsDiffFlags) =>
      finish(
        import('./params-diff.ts').then(({ paramsDiff }) =>
          paramsDiff(terminal, [revisionA, revisionB], flags),
        ),
      ),
    );
  const metrics = program.command('metrics').description('about metrics');
  metrics
    .command('show')
    .description('print the metrics of the workspace, and of commits')
    .argument('[files...]', 'files or directories (default: all metrics)')
    .option('-a, --all-branches', 'also those of the tips of all branches')
    .option('-T, --all-tags', 'also those of all tags')
    .option('-A, --all-commits', 'also those of all commits')
    .option('-R, --recursive', 'a directory stands for the metrics below it (it always does)')
    .option(...PRECISION)
    .option('--md', 'print a Markdown table')
    .option('--json', "print JSON in DVC's shape, for scripts")
    .action((targets: string[], flags: MetricsShowFlags) =>
      finish(import('./metrics-show.ts').then(({ metricsShow }) => metricsShow(terminal, targets, flags))),
    );
  addDiffFlags(metrics.command('diff').description('compare the metrics of two revisions'))
    .option(
      '-R, --recursive',
      'a directory among the targets stands for the metrics below it (it always does)',
    )
    .option(...PRECISION)
    .action((revisionA: string, revisionB: string, flags: DiffFlags) =>
      finish(
        import('./metrics-diff.ts').then(({ metricsDiff }) =>
          metricsDiff(terminal, [revisionA, revisionB], flags),
        ),
      ),
    );
  program
    .command('ci-report')
    .description('write what changed in the results since a revision, as a comment on a pull request')
    .option('--base <rev>', 'the revision to compare with', 'main')
    .option('-o, --out <file>', 'write it to a file instead of printing it')
    .option('--url <url>', 'where the files of the working directory can be seen: pages and plots are linked')
    .option(...PRECISION)
    .action((flags: CiReportFlags) =>
      finish(import('./ci-report.ts').then(({ ciReport }) => ciReport(terminal, flags))),
    );
}

const PRECISION = ['--precision <n>', 'significant digits of floats (default: 5)'] as const;

const addDiffFlags = (command: Command): Command =>
  command
    .argument('[a]', 'the old revision', 'HEAD')
    .argument('[b]', 'the new revision', 'workspace')
    .option('--targets <paths...>', 'only these files, tracked or not')
    .option('--all', 'also what is equal')
    .option('--no-path', 'leave the path out of the table')
    .option('--md', 'print a Markdown table')
    .option('--json', "print JSON in DVC's shape, for scripts");
