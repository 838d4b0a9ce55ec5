/**
 * Which paths git itself keeps: what DVC tracks must not be among them.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';

/** More paths than this are looked up in the list of all. */
const MAX_PATHS = 100;

/**
 * @param paths Relative to the root; a directory counts when git keeps anything in it.
 * @returns Those that git keeps; none outside a git repository.
 */
export function trackedByGit(root: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0) return new Set();
  const named = paths.length > MAX_PATHS ? [] : ['--', ...paths];
  const { status, stdout } = spawnSync('git', ['--literal-pathspecs', 'ls-files', '-z', ...named], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) return new Set();
  const kept = new Set<string>();
  for (const file of stdout.split('\0')) {
    for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1)) kept.add(file.slice(0, end));
  }
  return new Set(paths.filter((path) => kept.has(path)));
}

/** Files that git neither keeps nor ignores, relative to the root; undefined outside a git repository. */
export function untrackedByGit(root: string): readonly string[] | undefined {
  const { status, stdout } = spawnSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return status === 0 ? stdout.split('\0').filter((path) => path !== '') : undefined;
}

/** Whether there is a commit to compare with; true also where there is no git repository, which is then an error of its own. */
export function hasCommits(root: string): boolean {
  const git = (...args: readonly string[]): boolean =>
    spawnSync('git', args, { cwd: root, stdio: 'ignore' }).status === 0;
  return git('rev-parse', '--verify', '--quiet', 'HEAD') || !git('rev-parse', '--git-dir');
}

/** Whether files that git keeps differ from the last commit; false outside a git repository. */
export function hasChanges(root: string): boolean {
  const args = ['status', '--porcelain', '--untracked-files=no'];
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 });
  return status === 0 && stdout !== '';
}
