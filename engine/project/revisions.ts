/**
 * Files as git has them in a commit.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';

export interface Revision {
  /** As it was asked for: `HEAD`, `main~3`, a tag. */
  readonly name: string;
  readonly commit: string;
  /** @param path Relative to the root of the project. @returns Undefined where the commit has no such file. */
  readonly readFile: (path: string) => Buffer | undefined;
  /** All files below a directory, relative to the root of the project, sorted; none where it is none. */
  readonly filesBelow: (path: string) => readonly string[];
}

const MAX_BYTES = 2 ** 30;

/** @param root Of the project, absolute; it may lie deep inside of the git repository. */
export function openRevision(root: string, name: string): Result<Revision, Diagnostic> {
  if (git(root, ['rev-parse', '--is-inside-work-tree']) === undefined) return err(notInGit(root));
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (commit === undefined) return err(unknownRevision(root, name));
  const id = commit.toString('utf8').trim();
  const known = new Map<string, Buffer | undefined>();
  return ok({
    name,
    commit: id,
    readFile: (path) => {
      if (!known.has(path))
        known.set(path, isInside(path) ? git(root, ['cat-file', 'blob', `${id}:./${path}`]) : undefined);
      return known.get(path);
    },
    filesBelow: (path) => {
      if (!isInside(path)) return [];
      const names = git(root, [
        'ls-tree',
        '-r',
        '-z',
        '--name-only',
        id,
        '--',
        path === '.' ? '.' : `./${path}/`,
      ]);
      return names === undefined
        ? []
        : names
            .toString('utf8')
            .split('\0')
            .filter((each) => each !== '');
    },
  });
}

/** Git refuses paths that lead out of its repository, and answers for absolute ones otherwise than is meant here. */
const isInside = (path: string): boolean =>
  !path.startsWith('/') && !path.startsWith('../') && !path.includes('\n');

/** What git printed; undefined where it failed. */
function git(root: string, args: readonly string[]): Buffer | undefined {
  const { status, stdout, error } = spawnSync('git', [...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: MAX_BYTES,
  });
  return error === undefined && status === 0 ? stdout : undefined;
}

const notInGit = (root: string): Diagnostic => ({
  code: 'E_NO_GIT',
  message: `${root} is not in a git repository, so there is no revision to compare with`,
  hint: 'make it one with "git init" and commit',
});

export function unknownRevision(root: string, name: string): Diagnostic {
  const message = `There is no revision "${name}"`;
  if (git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']) === undefined) {
    return {
      code: 'E_UNKNOWN_REVISION',
      message,
      hint: 'this repository has no commits yet: commit something first',
    };
  }
  const refs = git(root, [
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ]);
  const names = ['HEAD', ...(refs?.toString('utf8').split('\n') ?? [])];
  const hint =
    didYouMean(name, names) ?? 'name a commit, a branch or a tag: "git log --oneline" lists commits';
  return { code: 'E_UNKNOWN_REVISION', message, hint };
}
