/**
 * The commands that set a project up and ask about it: `init`, `config`, `remote`, `cache`, `root`, `check-ignore`,
 * `version`.
 *
 * @module
 */

import type { Command } from 'commander';
import type { CheckIgnoreFlags } from './check-ignore.ts';
import type { ConfigFlags } from './config.ts';
import { addLevelFlags, type LevelFlags } from './config-level.ts';
import type { InitFlags } from './init.ts';
import type { RemoteAddFlags } from './remote.ts';
import type { Terminal } from './terminal.ts';

type Unset = LevelFlags & { readonly unset?: true };

/** @param finish Takes the exit code of the command that was given. */
export function addSettingCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  const unset = ['-u, --unset', 'remove the setting'] as const;
  program
    .command('init')
    .description('make a DVC repository here; a dvc-like.yaml needs none')
    .argument('[directory]', 'where', '.')
    .option('--no-scm', 'do without git')
    .option('--subdir', 'below the top of a git repository')
    .option('-f, --force', 'make it anew where there is one: that removes its cache')
    .option('-q, --quiet', 'print nothing but errors')
    .action((directory: string, flags: InitFlags) =>
      finish(import('./init.ts').then(({ init }) => init(terminal, directory, flags))),
    );
  addLevelFlags(program.command('config').description('read and change settings'))
    .argument('[name]', 'section.option, or remote.NAME.option')
    .argument('[value]', 'what to set it to (default: show it)')
    .option(...unset)
    .option('-l, --list', 'list what is set')
    .option('--show-origin', 'with the file that sets it')
    .action((name: string | undefined, value: string | undefined, flags: ConfigFlags) =>
      finish(import('./config.ts').then(({ config }) => config(terminal, name, value, flags))),
    );
  addRemoteCommands(program, terminal, finish);
  addLevelFlags(program.command('cache').description('about the cache').command('dir'))
    .description('show or change where the cache lies')
    .argument('[path]', 'the new place; a relative one is written relative to the config')
    .option(...unset)
    .action((path: string | undefined, flags: Unset) =>
      finish(import('./cache-dir.ts').then(({ cacheDir }) => cacheDir(terminal, path, flags))),
    );
  program
    .command('root')
    .description('print the way to the root of the project')
    .action(() => finish(import('./root.ts').then(({ root }) => root(terminal))));
  program
    .command('check-ignore')
    .description('say which paths .dvcignore leaves out')
    .argument('[paths...]', 'files or directories')
    .option('-d, --details', 'with the rule that decides')
    .option('-n, --non-matching', 'with --details: also paths that no rule is about')
    .option('-a, --all', 'with --details: there is never more than one rule that decides')
    .option('--stdin', 'read the paths from standard input, one a line')
    .option('-q, --quiet', 'print nothing; exit with 1 if none is left out')
    .action((paths: string[], flags: CheckIgnoreFlags) =>
      finish(import('./check-ignore.ts').then(({ checkIgnore }) => checkIgnore(terminal, paths, flags))),
    );
  program
    .command('version')
    .alias('doctor')
    .description('show the version, and what the project works with')
    .action(() => finish(import('./show-version.ts').then(({ showVersion }) => showVersion(terminal))));
}

function addRemoteCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  const remote = program.command('remote').description('about the places that objects are pushed to');
  addLevelFlags(remote.command('add').description('add a remote'))
    .argument('<name>', 'its name')
    .argument('<url>', 'a directory, or s3://bucket/path')
    .option('-d, --default', 'use it where none is named')
    .option('-f, --force', 'replace one of this name')
    .action((name: string, url: string, flags: RemoteAddFlags) =>
      finish(import('./remote.ts').then(({ remoteAdd }) => remoteAdd(terminal, name, url, flags))),
    );
  addLevelFlags(
    remote.command('default').description('show or set the remote that is used where none is named'),
  )
    .argument('[name]', 'the remote (default: show it)')
    .option('-u, --unset', 'have none')
    .action((name: string | undefined, flags: Unset) =>
      finish(import('./remote.ts').then(({ remoteDefault }) => remoteDefault(terminal, name, flags))),
    );
  addLevelFlags(remote.command('list').description('list the remotes')).action((flags: LevelFlags) =>
    finish(import('./remote.ts').then(({ remoteList }) => remoteList(terminal, flags))),
  );
  addLevelFlags(remote.command('modify').description('change a setting of a remote'))
    .argument('<name>', 'the remote')
    .argument('<option>', 'as "endpointurl"')
    .argument('[value]', 'what to set it to')
    .option('-u, --unset', 'remove the setting')
    .action((name: string, option: string, value: string | undefined, flags: Unset) =>
      finish(
        import('./remote.ts').then(({ remoteModify }) => remoteModify(terminal, name, option, value, flags)),
      ),
    );
  addLevelFlags(remote.command('remove').description('remove a remote from the config'))
    .argument('<name>', 'the remote')
    .action((name: string, flags: LevelFlags) =>
      finish(import('./remote.ts').then(({ remoteRemove }) => remoteRemove(terminal, name, flags))),
    );
  addLevelFlags(remote.command('rename').description('give a remote another name'))
    .argument('<name>', 'the remote')
    .argument('<new>', 'its new name')
    .action((name: string, to: string, flags: LevelFlags) =>
      finish(import('./remote.ts').then(({ remoteRename }) => remoteRename(terminal, name, to, flags))),
    );
}
