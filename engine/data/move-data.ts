/**
 * `moveData`: data under a `.dvc` file, moved with the file that is called by its name.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, ok, type Result, writeFileAtomic } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { dropSnapshot, openGitIgnore, removeGitIgnoreLine } from '../project/index.ts';
import { objectErrorText } from '../run/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { removeValue, setValue } from '../values/index.ts';
import type { Workspace } from '../workspace/index.ts';

/**
 * What is recorded of the data stays, as in DVC; what it is by now is in the cache after that.
 *
 * @param from An out of a `.dvc` file, relative to the root.
 * @param wanted Where to, relative to the root; in a directory that is there, the name is kept.
 * @returns The `.dvc` file that says where it is now.
 */
export function moveData(
  workspace: Workspace,
  from: string,
  wanted: string,
): Result<string, readonly Diagnostic[]> {
  const { fs, project, pipeline, placed, store } = workspace;
  const full = (path: string): string => join(project.root, path);
  const found = pipeline.graph.outsAt(from).find(({ relation }) => relation === 'equal');
  if (found === undefined) return err([notTracked(from)]);
  const stage = pipeline.graph.stages.get(found.stage)!;
  if (stage.action.kind !== 'source') return err([madeByStage(from, stage)]);
  const isDirectory = fs.stat(full(wanted))?.kind === 'directory';
  const to = isDirectory ? posix.join(wanted, posix.basename(from)) : posix.normalize(wanted);
  const isNamedSo = posix.basename(stage.file.path) === `${posix.basename(from)}.dvc`;
  const file = isNamedSo ? `${to}.dvc` : stage.file.path;
  const taken = [to, ...(isNamedSo ? [file] : [])].find((path) => fs.lstat(full(path)) !== undefined);
  if (taken !== undefined) return err([alreadyThere(taken)]);
  const clash = pipeline.graph.outsAt(to).find((other) => other.stage !== found.stage);
  if (clash !== undefined) return err([overlaps(to, clash.path, clash.stage)]);
  if (fs.stat(full(posix.dirname(to)))?.kind !== 'directory') return err([noDirectory(posix.dirname(to))]);
  const wdir = isNamedSo ? posix.dirname(to) : stage.wdir;
  const text = movedText(workspace, stage, found.out.path, { to, wdir, isNamedSo });
  if (!text.ok) return text;

  dropSnapshot(workspace.state);
  if (fs.lstat(full(from)) !== undefined) fs.rename(full(from), full(to));
  const state = workspace.hasher.observe(full(to));
  if (state.kind !== 'missing' && found.out.cache) {
    const put = store.put(full(to), state);
    if (!put.ok) return err([notKept(to, objectErrorText(put.error))]);
    placed.note(to, state.digest);
  }
  writeFileAtomic(fs, full(file), text.value);
  if (isNamedSo) fs.remove(full(stage.file.path));
  if (found.out.cache) {
    removeGitIgnoreLine(fs, full(from));
    openGitIgnore(fs, project.root, [full(to)]).add([full(to)]);
  }
  workspace.memo.save();
  return ok(file);
}

interface Destination {
  readonly to: string;
  readonly wdir: string;
  readonly isNamedSo: boolean;
}

/** Of the `.dvc` file: its paths are relative to where it, and the data, are going to be. */
function movedText(
  { fs, project }: Workspace,
  stage: ResolvedStage,
  path: string,
  { to, wdir, isNamedSo }: Destination,
): Result<string, readonly Diagnostic[]> {
  const file = {
    path: stage.file.path,
    text: fs.readFile(join(project.root, stage.file.path)).toString('utf8'),
  };
  const index = stage.outs.findIndex((out) => out.path === path);
  const name = posix.relative(wdir, to);
  const named = setValue(file, ['outs', String(index), 'path'], { value: name, written: name });
  if (!named.ok || !isNamedSo) return named.ok ? ok(named.value.text) : named;
  let { text } = named.value;
  const hasWdir = /^wdir:/m.test(text);
  for (const [i, dep] of stage.deps.entries()) {
    if (dep.path.startsWith('/')) continue;
    const moved = posix.relative(wdir, fromRoot(stage.wdir, dep.path));
    const edited = setValue({ path: file.path, text }, ['deps', String(i), 'path'], {
      value: moved,
      written: moved,
    });
    if (!edited.ok) return edited;
    text = edited.value.text;
  }
  if (!hasWdir) return ok(text);
  const bare = removeValue({ path: file.path, text }, ['wdir']);
  return bare.ok ? ok(bare.value.text) : bare;
}

const notTracked = (path: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `"${path}" is not tracked by a .dvc file`,
  hint: 'name the data, not the .dvc file; track it first with "dvc-like add"',
});

const overlaps = (to: string, other: string, owner: string): Diagnostic => ({
  code: 'E_OVERLAPPING_OUTS',
  message: `Cannot move to "${to}": "${other}" of "${owner}" would overlap it`,
  hint: 'choose another place',
});

const madeByStage = (path: string, stage: ResolvedStage): Diagnostic => ({
  code: 'E_MADE_BY_STAGE',
  message: `Cannot move "${path}": stage "${stage.name}" makes it`,
  place: stage.place,
  hint: 'change its command and its outs, and run it',
});

const alreadyThere = (path: string): Diagnostic => ({
  code: 'E_ALREADY_THERE',
  message: `"${path}" is there already`,
  hint: 'remove it first, or choose another name',
});

const noDirectory = (path: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `There is no directory "${path}"`,
  hint: 'create it first',
});

const notKept = (path: string, reason: string): Diagnostic => ({
  code: 'E_CACHE_WRITE',
  message: `Cannot keep "${path}" in the cache: ${reason}`,
});
