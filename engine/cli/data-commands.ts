/**
 * The commands about data that no stage makes, and about the stages as they are written down: `add`, `remove`, `move` and
 * the like.
 *
 * @module
 */

import type { Command } from 'commander';
import type { AddFlags } from './add.ts';
import type { DataStatusFlags } from './data-status.ts';
import type { DataDiffFlags } from './diff.ts';
import type { RemoveFlags } from './remove.ts';
import type { Terminal } from './terminal.ts';

/** @param finish Takes the exit code of the command that was given. */
export function addDataCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  program
    .command('add')
    .description('track files and directories: writes a .dvc file for each, and keeps them in the cache')
    .argument('<targets...>', 'files and directories')
    .option('-o, --out <path>', 'copy the target, from anywhere, to this path, and track it there')
    .option('-f, --force', 'with --out: replace what is there')
    .option('--glob', 'targets are patterns')
    .option('--to-remote', 'send the target, from anywhere, to a remote, and keep it nowhere else')
    .option('-r, --remote <name>', 'with --to-remote: the remote (default: that of the config)')
    .option(
      '--remote-jobs <n>',
      'with --to-remote: transfers at once (default: what the config says, else 16)',
    )
    .option('--no-commit', 'only say in the .dvc file what they are, keep nothing in the cache')
    .option('--no-relink', 'leave the files in the workspace as they are, whatever "cache.type" says')
    .action((targets: string[], flags: AddFlags) =>
      finish(import('./add.ts').then(({ add }) => add(terminal, targets, flags))),
    );
  program
    .command('remove')
    .alias('rm')
    .description('give up stages and .dvc files: they go from their files, the lock and .gitignore')
    .argument('<targets...>', 'stages, groups as a whole, .dvc files')
    .option('--outs', 'remove the data too')
    .action((targets: string[], flags: RemoveFlags) =>
      finish(import('./remove.ts').then(({ remove }) => remove(terminal, targets, flags))),
    );
  program
    .command('unprotect')
    .description('make links to the cache into copies that may be written to')
    .argument('<targets...>', 'files and directories')
    .action((targets: string[]) =>
      finish(import('./unprotect.ts').then(({ unprotectTargets }) => unprotectTargets(terminal, targets))),
    );
  program
    .command('diff')
    .description('compare the data of two commits, or of one and the workspace')
    .argument('[a]', 'the old commit', 'HEAD')
    .argument('[b]', 'the new commit (default: the workspace)')
    .option('--targets <paths...>', 'only these: outs, what lies in them, .dvc files, stages')
    .option('--show-hash', 'with digests')
    .option('--hide-missing', 'leave out what is not in the cache')
    .option('--md', 'print a Markdown table')
    .option('--json', "print JSON in DVC's shape, for scripts")
    .action((a: string, b: string | undefined, flags: DataDiffFlags) =>
      finish(import('./diff.ts').then(({ diff }) => diff(terminal, a, b, flags))),
    );
  program
    .command('data')
    .description('about data')
    .command('status')
    .description('say what changed in the data since the last commit, and since it was recorded')
    .argument('[targets...]', 'outs and what lies in them (default: all)')
    .option('--granular', 'also say it of the files in directories')
    .option('--unchanged', 'also name what has not changed')
    .option('--not-in-remote', 'also name what the remote does not have')
    .option(
      '-r, --remote <name>',
      'with --not-in-remote: the remote (default: that of the out or of the config)',
    )
    .option('--no-remote-refresh', 'answer without asking the remote (it is always asked)')
    .option('--untracked-files [which]', 'also name files that git does not know ("no": leave them out)')
    .option('--json', "print JSON in DVC's shape, for scripts")
    .action((targets: string[], flags: DataStatusFlags) =>
      finish(
        import('./data-status.ts').then(({ showDataStatus }) => showDataStatus(terminal, targets, flags)),
      ),
    );
  program
    .command('move')
    .alias('mv')
    .description('move data, with the .dvc file that is called by its name')
    .argument('<from>', 'what a .dvc file tracks')
    .argument('<to>', 'a new name, or a directory that is there')
    .action((from: string, to: string) =>
      finish(import('./move.ts').then(({ move }) => move(terminal, from, to))),
    );
}
