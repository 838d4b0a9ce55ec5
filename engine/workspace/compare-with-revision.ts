/**
 * What differs between the workspace and what a commit's lock says, stage by stage.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { EMPTY_LOCK, parseLock } from '../lockfile/index.ts';
import { decideStage, type Plan } from '../plan/index.ts';
import { openRevision } from '../project/index.ts';
import { type Contents, contentsOf } from './contents.ts';
import type { Workspace } from './workspace.ts';

export interface RevisionComparison {
  /** A verdict of `run` where a stage differs; upstream outs are taken as they stand in the workspace. */
  readonly plan: Plan;
  /** With what the commit itself has. */
  readonly contents: Contents;
}

/** @param selected In plan order. */
export function compareWithRevision(
  workspace: Workspace,
  revisionName: string,
  selected: readonly string[],
): Result<RevisionComparison, readonly Diagnostic[]> {
  const { project, pipeline, observer } = workspace;
  const revision = openRevision(project.root, revisionName);
  if (!revision.ok) return err([revision.error]);
  const text = revision.value.readFile(project.lockName)?.toString('utf8');
  const path = `${revisionName}:${project.lockName}`;
  const lock = text === undefined ? ok(EMPTY_LOCK) : parseLock({ path, text });
  if (!lock.ok) return lock;
  const upstream = { graph: pipeline.graph, isInPlace: () => true, restored: () => undefined };
  const options = { force: false, useRunCache: false, dialect: project.dialect };
  const stages = selected.map((name) => {
    const stage = pipeline.graph.stages.get(name)!;
    const entry = lock.value.entries.get(name);
    return { stage, verdict: decideStage(stage, entry, upstream, observer, options).verdict };
  });
  const here = contentsOf(workspace);
  const contents: Contents = {
    ...here,
    file: (digest, wanted) => here.file(digest, wanted) ?? revision.value.readFile(wanted),
  };
  return ok({ plan: { stages }, contents });
}
