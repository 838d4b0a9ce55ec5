/**
 * `commitStages`: what the workspace has now, recorded as what the stages made, without running them.
 *
 * @module
 */

import { join } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type LockEntry, openJournal } from '../lockfile/index.ts';
import { compareInputs, compareOuts, readInputs, type StageInputs, withLegacyDeps } from '../plan/index.ts';
import { dropSnapshot } from '../project/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Reporter } from './event.ts';
import { keepRun } from './keep-run.ts';
import { openLockKeeper } from './lock-keeper.ts';
import { lockedOuts, readOuts } from './outs.ts';

export interface CommitOptions {
  /** Also where the inputs are not those of the lock: the outs are then said to come from the new ones. */
  readonly force: boolean;
  /** Link the outs to the cache, as `cache.type` says. */
  readonly relink: boolean;
}

/**
 * @returns The stages whose record changed. Nothing is recorded if one of them cannot be.
 */
export function commitStages(
  workspace: Workspace,
  names: readonly string[],
  options: CommitOptions,
  report: Reporter,
): Result<readonly string[], readonly Diagnostic[]> {
  const { fs, project, pipeline, state } = workspace;
  const errors: Diagnostic[] = [];
  const entries = new Map<string, LockEntry>();
  for (const name of names) {
    const entry = currentEntry(workspace, pipeline.graph.stages.get(name)!, options, report);
    if (entry.ok) entries.set(name, entry.value);
    else errors.push(...entry.error);
  }
  if (errors.length > 0) return err(errors);
  dropSnapshot(state);
  const journal = openJournal(fs, join(state, 'journal'));
  const keeper = openLockKeeper({ fs, project, journal, ...pipeline });
  for (const [name, entry] of entries) keeper.record(pipeline.graph.stages.get(name)!, entry);
  keeper.flush();
  journal.close();
  workspace.memo.save();
  return ok([...entries.keys()]);
}

function currentEntry(
  workspace: Workspace,
  stage: ResolvedStage,
  { force, relink }: CommitOptions,
  report: Reporter,
): Result<LockEntry, readonly Diagnostic[]> {
  const { graph, lock } = workspace.pipeline;
  const upstream = {
    graph,
    isInPlace: () => true,
    restored: () => undefined,
    recorded: (name: string) => lock.entries.get(name),
  };
  const read = readInputs(stage, upstream, workspace.observer);
  if (!read.ok) return read;
  const before = lock.entries.get(stage.name);
  const inputs = withLegacyDeps(stage, read.value.inputs, before, workspace.observer);
  const changed = force ? undefined : whatChanged(workspace, stage, before, inputs);
  if (changed !== undefined) return err([changedSince(stage, changed)]);
  const states = readOuts(workspace, stage);
  if (!states.ok) return states;
  const entry = { ...inputs, outs: lockedOuts(workspace, stage, states.value, before) };
  const kept = keepRun(workspace, stage, entry, states.value, { isCommit: true, relink, report });
  return kept.ok ? ok(entry) : kept;
}

/** In a DVC repository also outs that are not as recorded, and what has no record. */
function whatChanged(
  { project, observer }: Workspace,
  stage: ResolvedStage,
  before: LockEntry | undefined,
  inputs: StageInputs,
): 'inputs' | 'outs' | undefined {
  const isDvc = project.dialect === 'dvc';
  if (before === undefined) return isDvc ? 'outs' : undefined;
  if (compareInputs(before, inputs, stage, project).length > 0) return 'inputs';
  const outs = isDvc ? compareOuts(stage, before, observer) : [];
  return outs.some(({ kind }) => kind === 'out-changed' || kind === 'out-added') ? 'outs' : undefined;
}

const changedSince = (stage: ResolvedStage, what: 'inputs' | 'outs'): Diagnostic => ({
  code: 'E_COMMIT_CHANGED',
  message: `The ${what} of stage "${stage.name}" are not those that it ran with`,
  place: stage.place,
  hint: 'run it with "dvc-like repro", or pass -f to record its outs as made from the inputs of now',
});
