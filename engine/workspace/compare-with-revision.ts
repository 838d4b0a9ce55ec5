/**
 * What differs between the workspace and what a commit's lock says, stage by stage.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { type LockEntry, parseLock } from '../lockfile/index.ts';
import { decideStage, type Plan } from '../plan/index.ts';
import { openRevision, type Revision } from '../project/index.ts';
import { readSource } from '../sources/index.ts';
import type { ResolvedStage, StageFile } from '../template/index.ts';
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
  const recorded = recordedIn(
    revision.value,
    selected.map((name) => pipeline.graph.stages.get(name)!),
  );
  if (!recorded.ok) return recorded;
  const upstream = {
    graph: pipeline.graph,
    isInPlace: () => true,
    restored: () => undefined,
    recorded: (name: string) => recorded.value.get(name),
  };
  const options = {
    force: false,
    useRunCache: false,
    allowMissing: false,
    restoresData: false,
    dialect: project.dialect,
  };
  const stages = selected.map((name) => {
    const stage = pipeline.graph.stages.get(name)!;
    const entry = recorded.value.get(name);
    return { stage, verdict: decideStage(stage, entry, upstream, observer, options).verdict };
  });
  const here = contentsOf(workspace);
  const contents: Contents = {
    ...here,
    file: (digest, wanted) => here.file(digest, wanted) ?? revision.value.readFile(wanted),
  };
  return ok({ plan: { stages }, contents });
}

/** What a commit's locks and `.dvc` files say of stages, by their names of now. */
function recordedIn(
  revision: Revision,
  stages: readonly ResolvedStage[],
): Result<ReadonlyMap<string, LockEntry>, readonly Diagnostic[]> {
  const found = new Map<string, LockEntry>();
  const locks = new Map<string, ReadonlyMap<string, LockEntry>>();
  for (const { name, localName, file } of stages) {
    if (!locks.has(file.lock)) {
      const text = revision.readFile(file.lock)?.toString('utf8');
      const at = { path: `${revision.name}:${file.lock}`, text: text ?? '' };
      const read =
        text === undefined ? ok(new Map<string, LockEntry>()) : entriesIn(at, file.kind, localName);
      if (!read.ok) return read;
      locks.set(file.lock, read.value);
    }
    const entry = locks.get(file.lock)!.get(localName);
    if (entry !== undefined) found.set(name, entry);
  }
  return ok(found);
}

function entriesIn(
  file: SourceFile,
  kind: StageFile['kind'],
  name: string,
): Result<ReadonlyMap<string, LockEntry>, readonly Diagnostic[]> {
  if (kind === 'manifest') {
    const lock = parseLock(file);
    return lock.ok ? ok(lock.value.entries) : lock;
  }
  const source = readSource(file);
  return source.ok ? ok(new Map([[name, source.value.entry]])) : source;
}
