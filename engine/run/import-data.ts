/**
 * An import brought up to date: what a `.dvc` file names as its dep, copied to where its out stands.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { absolute, clearOuts } from './outs.ts';

/** @param stage An import: one dep, one out. The dep is there. */
export function importData(
  workspace: Workspace,
  stage: ResolvedStage,
): Result<undefined, readonly Diagnostic[]> {
  const { fs } = workspace;
  const cleared = clearOuts(workspace, stage);
  if (!cleared.ok) return cleared;
  const from = absolute(workspace, stage, stage.deps[0]!.path);
  copyAll(fs, from, absolute(workspace, stage, stage.outs[0]!.path));
  return ok(undefined);
}

/** Contents alone, as DVC: links are followed, modes are those of new files. */
function copyAll(fs: FileSystem, from: string, to: string): void {
  if (fs.stat(from)?.kind !== 'directory') {
    fs.copyFile(from, to);
    fs.chmod(to, NEW_FILE);
    return;
  }
  fs.makeDirectory(to);
  for (const { name } of fs.readDirectory(from)) copyAll(fs, join(from, name), join(to, name));
}

const NEW_FILE = 0o644;
