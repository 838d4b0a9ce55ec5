/**
 * The commits that a person means by all branches, all tags, all commits, by the last few of a revision, or by a date.
 *
 * @see DVC 3.67.1, `dvc gc --help`: `--rev`, `--num`, `--date`
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { unknownRevision } from './revisions.ts';

export type RevisionScope = 'branches' | 'tags' | 'commits';

export interface RevisionSelection {
  /** `commits` are those that HEAD, branches, those of remotes too, and tags lead to. */
  readonly scopes: readonly RevisionScope[];
  readonly revision?: string | undefined;
  /** How many commits of `revision` and of each branch, first parents back from it; 1 unless given, below 0 all. */
  readonly count?: number | undefined;
  /** Commits that were made then or later. */
  readonly since?: Date | undefined;
}

export interface SelectedCommit {
  readonly commit: string;
  /** The revision as it was asked for, branches, tags; else the commit's own name. Never empty. */
  readonly names: readonly string[];
}

/**
 * Each commit once: those of the revision, of branches, of tags, each by name, then others, the youngest first. Commits
 * without the project's directory are left out.
 *
 * @param root Of the project, absolute.
 * @param files Git's patterns, relative to the root: of what `commits` and `since` find, only what changed one.
 */
export function selectRevisions(
  root: string,
  selection: RevisionSelection,
  files: readonly string[] = [],
): Result<readonly SelectedCommit[], Diagnostic> {
  const { scopes, revision, count = 1, since } = selection;
  if (scopes.length === 0 && revision === undefined && since === undefined) return ok([]);
  if (git(root, ['rev-parse', '--git-dir']) === undefined) return err(notInGit(root));
  const found = new Map<string, string[]>();
  const add = (commit: string, name: string): void => {
    const names = found.get(commit);
    if (names === undefined) found.set(commit, [name]);
    else if (!names.includes(name)) names.push(name);
  };
  const addLast = (name: string, ref: string): boolean => {
    const last = git(root, ['rev-list', '--first-parent', `--max-count=${count}`, '--end-of-options', ref]);
    for (const [i, commit] of linesOf(last).entries()) add(commit, i === 0 ? name : commit);
    return last !== undefined;
  };
  if (revision !== undefined && !addLast(revision, `${revision}^{commit}`))
    return err(unknownRevision(root, revision));
  if (scopes.includes('commits')) {
    for (const { commit } of commitsOf(root, files)) add(commit, commit);
  } else {
    if (scopes.includes('branches'))
      for (const { ref, name } of refsIn(root, 'refs/heads')) addLast(name, ref);
    if (scopes.includes('tags')) {
      for (const { ref, name } of refsIn(root, 'refs/tags')) {
        const commit = linesOf(git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]))[0];
        if (commit !== undefined) add(commit, name);
      }
    }
    if (since !== undefined) {
      for (const { commit, time } of commitsOf(root, files))
        if (time >= since.getTime() / 1000) add(commit, commit);
    }
  }
  const selected = [...found].map(([commit, names]) => ({ commit, names }));
  return ok(selected.filter(({ commit }) => hasProject(root, commit)));
}

/** The branch that is checked out; undefined where none is. */
export const activeBranch = (root: string): string | undefined =>
  linesOf(git(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']))[0];

function commitsOf(root: string, files: readonly string[]): readonly { commit: string; time: number }[] {
  const head = git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']) === undefined ? [] : ['HEAD'];
  const refs = ['--branches', '--tags', '--remotes', ...head];
  // All history: by default git passes over sides of a merge that came to nothing.
  const log = git(root, ['log', '--full-history', '--format=%H %ct', ...refs, '--', ...files]);
  return linesOf(log).map((line) => {
    const [commit, time] = line.split(' ');
    return { commit: commit!, time: Number(time) };
  });
}

const refsIn = (root: string, prefix: string): readonly { readonly ref: string; readonly name: string }[] =>
  linesOf(git(root, ['for-each-ref', '--format=%(refname)', prefix])).map((ref) => ({
    ref,
    name: ref.slice(prefix.length + 1),
  }));

const hasProject = (root: string, commit: string): boolean =>
  git(root, ['rev-parse', '--verify', '--quiet', `${commit}:./`]) !== undefined;

const linesOf = (text: string | undefined): string[] =>
  (text ?? '').split('\n').filter((line) => line !== '');

/** What git printed; undefined where it failed. */
function git(root: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 });
  return status === 0 ? stdout : undefined;
}

const notInGit = (root: string): Diagnostic => ({
  code: 'E_NO_GIT',
  message: `${root} is not in a git repository: it has no commits`,
  hint: 'leave the flags about commits away: the workspace alone is looked at then',
});
