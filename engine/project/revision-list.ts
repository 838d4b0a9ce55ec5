/**
 * The commits that a person means by all branches, all tags, all commits.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';

export type RevisionScope = 'branches' | 'tags' | 'commits';

/**
 * @param files Paths or git's patterns, relative to the root: of all commits only those are listed that changed one.
 * @returns Commit ids, each once.
 */
export function listRevisions(
  root: string,
  scope: RevisionScope,
  files: readonly string[],
): Result<readonly string[], Diagnostic> {
  const { status, stdout } = spawnSync('git', ARGUMENTS[scope](files), { cwd: root, encoding: 'utf8' });
  if (status !== 0) return err(notInGit(root));
  return ok([...new Set(stdout.split('\n').filter((line) => line !== ''))]);
}

const ARGUMENTS: Readonly<Record<RevisionScope, (files: readonly string[]) => string[]>> = {
  branches: () => ['for-each-ref', '--format=%(objectname)', 'refs/heads', 'refs/remotes'],
  tags: () => ['for-each-ref', '--format=%(objectname)', 'refs/tags'],
  commits: (files) => ['log', '--all', '--format=%H', '--', ...files],
};

const notInGit = (root: string): Diagnostic => ({
  code: 'E_NO_GIT',
  message: `${root} is not in a git repository: it has no commits`,
  hint: 'use -w to keep what the lock of the workspace names',
});
