/**
 * Where a path that is added goes: under a `.dvc` file of its own, or under the one that has it already.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, isInside } from '../core/index.ts';
import { openGitRules } from '../project/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** One path, and the `.dvc` file that it goes under. */
export type Target =
  | { readonly kind: 'new'; readonly path: string; readonly file: string }
  | {
      readonly kind: 'known';
      readonly path: string;
      readonly file: string;
      readonly stage: ResolvedStage;
      readonly out: ResolvedOut;
      /** Of the out, relative to the root: the path itself, or a directory around it. */
      readonly outPath: string;
    };

/** What a line of `.gitignore` names. */
export const ignoredPath = (target: Target): string => (target.kind === 'new' ? target.path : target.outPath);
export const isCached = (target: Target): boolean => target.kind === 'new' || target.out.cache;

/** @param path Relative to the root. */
export function targetAt(workspace: Workspace, path: string): Result<Target, Diagnostic> {
  const { fs, project, pipeline, ignoreRules } = workspace;
  const makers = pipeline.graph.outsAt(path);
  const around = makers.find(({ relation }) => relation !== 'contains');
  if (around !== undefined) {
    const stage = pipeline.graph.stages.get(around.stage)!;
    if (stage.action.kind !== 'source') return err(madeByStage(path, stage));
    return ok({ kind: 'known', path, file: stage.file.path, stage, out: around.out, outPath: around.path });
  }
  const [inside] = makers;
  if (inside !== undefined) return err(holdsOut(path, inside.path, inside.stage));
  if (path === '' || path === '.' || path.startsWith('/') || path.startsWith('../'))
    return err(outside(path));
  if (/(?:^|\/)(?:dvc|dvc-like)\.(?:yaml|lock)$|\.dvc$|(?:^|\/)\.gitignore$/.test(path))
    return err(partOfPipeline(path));
  if (isBehindLink(workspace, path)) return err(behindLink(path));
  const file = `${path}.dvc`;
  const full = join(project.root, file);
  if (openGitRules(fs, project.root).isIgnored(full, false)) return err(fileIgnored(file));
  const isDirectory = fs.stat(posix.resolve(project.root, path))?.kind === 'directory';
  const rule = ignoreRules.explain(posix.resolve(project.root, path), isDirectory);
  if (rule?.isIgnored === true) return err(ignored(path, rule.rule));
  return ok({ kind: 'new', path, file });
}

/** A directory on the way that is a link, or the path itself where it leads to one. */
function isBehindLink({ fs, project }: Workspace, path: string): boolean {
  const full = posix.resolve(project.root, path);
  if (fs.lstat(full)?.kind === 'symlink' && fs.stat(full)?.kind === 'directory') return true;
  const parts = posix.dirname(path).split('/');
  return parts.some((_, i) => fs.lstat(join(project.root, ...parts.slice(0, i + 1)))?.kind === 'symlink');
}

/** New ones that lie in each other. */
export function overlapping(targets: readonly Target[]): readonly Diagnostic[] {
  const fresh = targets.filter(({ kind }) => kind === 'new').map(({ path }) => path);
  return fresh.flatMap((path) => {
    const around = fresh.find((other) => isInside(path, other));
    return around === undefined ? [] : [holdsOut(around, path, `${path}.dvc`)];
  });
}

const madeByStage = (path: string, stage: ResolvedStage): Diagnostic => ({
  code: 'E_MADE_BY_STAGE',
  message: `Cannot add "${path}": stage "${stage.name}" makes it`,
  place: stage.place,
  hint: `run the stage, or record what it made by hand: "dvc-like commit ${stage.name}"`,
});

const holdsOut = (path: string, inside: string, owner: string): Diagnostic => ({
  code: 'E_OVERLAPPING_OUTS',
  message: `Cannot add "${path}": it holds "${inside}", which is tracked already`,
  hint: `stop tracking that first: "dvc-like remove ${owner}"`,
});

const outside = (path: string): Diagnostic => ({
  code: 'E_BAD_PATH',
  message: `Cannot add "${path}": only what lies below the root of the repository can be tracked`,
  hint: 'to copy data from elsewhere: "dvc-like add -o PATH SOURCE"',
});

const partOfPipeline = (path: string): Diagnostic => ({
  code: 'E_BAD_PATH',
  message: `Cannot add "${path}": it is a file of the pipeline itself`,
  hint: 'git keeps it',
});

const behindLink = (path: string): Diagnostic => ({
  code: 'E_BAD_PATH',
  message: `Cannot add "${path}": a directory on the way is a link`,
  hint: 'add the directory that it leads to, or replace the link by a directory',
});

const fileIgnored = (file: string): Diagnostic => ({
  code: 'E_OUT_IGNORED',
  message: `Cannot write "${file}": git ignores it, and nobody would see it`,
  hint: 'change the rule in ".gitignore"',
});

const ignored = (path: string, rule: string): Diagnostic => ({
  code: 'E_OUT_IGNORED',
  message: `Cannot add "${path}", which is ignored: ${rule}`,
  hint: 'change the rule, or the path',
});
