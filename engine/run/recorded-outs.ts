/**
 * What commits record of outs: in their locks and `.dvc` files.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { type LockEntry, parseLock } from '../lockfile/index.ts';
import { listRevisions, openRevision, type RevisionScope } from '../project/index.ts';
import { readSource } from '../sources/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface RecordedOuts {
  readonly commit: string;
  readonly entries: ReadonlyMap<string, LockEntry>;
}

/** One for each file of each commit. */
export function recordedInCommits(
  workspace: Workspace,
  scope: RevisionScope,
): Result<readonly RecordedOuts[], readonly Diagnostic[]> {
  const { root, dialect, lockName } = workspace.project;
  const commits = listRevisions(root, scope, dialect === 'dvc' ? DVC_FILES : [lockName]);
  if (!commits.ok) return err([commits.error]);
  const found: RecordedOuts[] = [];
  for (const commit of commits.value) {
    const recorded = entriesOf(workspace, commit);
    if (!recorded.ok) return recorded;
    found.push(...recorded.value.map((entries) => ({ commit, entries })));
  }
  return ok(found);
}

/** What git names all files by in which DVC records outs. */
const DVC_FILES = [':(glob)**/dvc.lock', ':(glob)**/*.dvc'];

/** A commit without a lock keeps nothing; a damaged one stops the collection: what it names is not known. */
function entriesOf(
  workspace: Workspace,
  commit: string,
): Result<readonly ReadonlyMap<string, LockEntry>[], readonly Diagnostic[]> {
  const { project } = workspace;
  const revision = openRevision(project.root, commit);
  if (!revision.ok) return err([revision.error]);
  const paths =
    project.dialect === 'native' ? [project.lockName] : revision.value.filesBelow('.').filter(isRecord);
  const found: ReadonlyMap<string, LockEntry>[] = [];
  for (const path of paths) {
    const text = revision.value.readFile(path)?.toString('utf8');
    if (text === undefined) continue;
    const file = { path: `${commit.slice(0, 8)}:${path}`, text };
    const entries = path.endsWith('.dvc') ? sourceEntries(file) : parseLock(file);
    if (!entries.ok) return entries;
    found.push(entries.value.entries);
  }
  return ok(found);
}

const isRecord = (path: string): boolean => /(?:^|\/)dvc\.lock$|[^/]\.dvc$/.test(path);

function sourceEntries(file: SourceFile) {
  const source = readSource(file);
  return source.ok ? ok({ entries: new Map([[file.path, source.value.entry]]) }) : source;
}
