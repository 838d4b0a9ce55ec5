/**
 * `addCopy`: data from anywhere, copied into the cache and from there to where it is tracked.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { trackedByGit } from '../project/index.ts';
import { objectErrorText, type Reporter } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { addData, gitTracks, notKept } from './add-data.ts';
import { targetAt } from './add-target.ts';

/**
 * @param source Absolute.
 * @param wanted Relative to the root; in a directory that is there, the name of the source is kept.
 * @param options `force`: also where something is there.
 * @returns The `.dvc` file.
 */
export function addCopy(
  workspace: Workspace,
  source: string,
  wanted: string,
  { force, report }: { readonly force: boolean; readonly report: Reporter },
): Result<string, readonly Diagnostic[]> {
  const { fs, project, store, hasher } = workspace;
  const isDirectory = fs.stat(join(project.root, wanted))?.kind === 'directory';
  const path = isDirectory ? posix.join(wanted, posix.basename(source)) : wanted;
  const full = join(project.root, path);
  if (fs.stat(full) !== undefined && !force) return err([alreadyThere(path)]);
  const target = targetAt(workspace, path);
  if (!target.ok) return err([target.error]);
  const state = hasher.observe(source);
  if (state.kind === 'missing') return err([noSource(source)]);
  if (trackedByGit(project.root, [path]).size > 0) return err([gitTracks(path)]);
  const put = store.put(source, state);
  const isExecutable = state.kind === 'file' && state.isExecutable;
  const done = put.ok ? store.checkout(put.value, full, { isExecutable }) : put;
  if (!done.ok) return err([notKept(path, objectErrorText(done.error))]);
  const { files, failures } = addData(workspace, [path], { isCached: true, isLinked: true, report });
  return failures.length > 0 ? err(failures) : ok(files[0]!);
}

export const alreadyThere = (path: string): Diagnostic => ({
  code: 'E_ALREADY_THERE',
  message: `"${path}" is there already`,
  hint: 'pass -f to replace it',
});

export const noSource = (source: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `There is no "${source}"`,
  hint: 'paths are relative to the working directory',
});
