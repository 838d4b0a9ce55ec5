/**
 * `init`: a DVC repository made here, that DVC itself takes for its own. Where there is a `dvc-like.yaml` the project is
 * one already, and gets its home.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { nodeFileSystem, writeFileAtomic } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { findProject, makeHome } from '../project/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import type { Terminal } from './terminal.ts';

export interface InitFlags {
  readonly scm: boolean;
  readonly subdir?: true;
  readonly force?: true;
  readonly quiet?: true;
}

const IGNORE_TEXT = `# Add patterns of files dvc should ignore, which could improve
# the performance. Learn more at
# https://dvc.org/doc/user-guide/dvcignore
`;

export function init(terminal: Terminal, directory: string, flags: InitFlags): number {
  const root = resolve(terminal.cwd, directory);
  const say = (text: string): void => {
    if (!flags.quiet) terminal.out(text);
  };
  if (existsSync(join(root, 'dvc-like.yaml'))) {
    const project = findProject(root);
    if (project?.dialect === 'native' && project.root === root) {
      makeHome(nodeFileSystem, project);
      say('Initialized project of dvc-like.\n');
      return EXIT.done;
    }
  }
  const home = join(root, '.dvc');
  const problem = obstacle(terminal, root, home, flags);
  if (problem !== undefined) return fail(terminal, [problem]);
  rmSync(home, { recursive: true, force: true });
  const written = [join(home, 'config')];
  nodeFileSystem.makeDirectory(join(home, 'tmp'));
  writeFileAtomic(nodeFileSystem, join(home, 'config'), flags.scm ? '' : '[core]\n    no_scm = True\n');
  if (flags.scm) {
    writeFileAtomic(nodeFileSystem, join(home, '.gitignore'), '/config.local\n/tmp\n/cache\n');
    written.push(join(home, '.gitignore'));
  }
  const ignoreFile = join(root, '.dvcignore');
  if (!existsSync(ignoreFile)) writeFileAtomic(nodeFileSystem, ignoreFile, IGNORE_TEXT);
  if (flags.scm) git(root, ['add', '--', ...written, ignoreFile]);
  say('Initialized DVC repository.\n');
  if (flags.scm) say('\nYou can now commit the changes to git.\n');
  return EXIT.done;
}

function obstacle(terminal: Terminal, root: string, home: string, flags: InitFlags): Diagnostic | undefined {
  const problem = (message: string, hint: string): Diagnostic => ({ code: 'E_INIT', message, hint });
  if (!flags.scm && flags.subdir) return problem('Both "--no-scm" and "--subdir"', 'leave one of them away');
  if (flags.scm && !existsSync(join(root, '.git')) && !(flags.subdir && isInWorkTree(root))) {
    return problem(
      `${root} is not the top of a git repository`,
      'make it one with "git init", or pass --subdir inside of one, or --no-scm to do without git',
    );
  }
  if (flags.scm && git(root, ['check-ignore', '-q', '--', home]) === 0) {
    return problem(`${home} is ignored by git`, 'add "!.dvc" to .gitignore: git has to track what is in it');
  }
  if (!existsSync(home) || flags.force) return undefined;
  return problem(
    `"${relative(terminal.cwd, home)}" is there already`,
    'pass --force to make it anew: that removes its cache',
  );
}

const isInWorkTree = (root: string): boolean => git(root, ['rev-parse', '--is-inside-work-tree']) === 0;

/** @returns The exit code of git. */
const git = (cwd: string, args: readonly string[]): number | null =>
  spawnSync('git', args, { cwd, stdio: 'ignore' }).status;
