/**
 * `commitStages`: what the workspace has now, recorded as what the stages made, without running them.
 *
 * @module
 */

import { join } from 'node:path';
import { type ContentState, err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { type LockEntry, openJournal } from '../lockfile/index.ts';
import { compareInputs, compareOuts, readInputs, type StageInputs, withLegacyDeps } from '../plan/index.ts';
import { dropSnapshot, openGitIgnore } from '../project/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { OutOfStage } from './checkout-stages.ts';
import type { Reporter } from './event.ts';
import { type KeepOptions, keepRun } from './keep-run.ts';
import { openLockKeeper } from './lock-keeper.ts';
import { absolute, isInPart, lockedOuts, readOuts } from './outs.ts';

export interface CommitOptions {
  /** Also where the inputs are not those of the lock: the outs are then said to come from the new ones. */
  readonly force: boolean;
  /** Link the outs to the cache, as `cache.type` says. */
  readonly relink: boolean;
  /** Of the outs that have a cache: which of them are kept. All are recorded. */
  readonly isMeant: (out: OutOfStage) => boolean;
  /** Of a directory, the paths in it that are kept, as in DVC; none where all of it is. */
  readonly partsOf: (out: OutOfStage) => readonly string[];
}

interface CommitResult {
  /** How many stages were recorded. */
  readonly recorded: number;
  readonly failures: readonly Diagnostic[];
}

/** File by file: of a file nothing is recorded if one of its stages cannot be, and those after it are left, as in DVC. */
export function commitStages(
  workspace: Workspace,
  names: readonly string[],
  options: CommitOptions,
  report: Reporter,
): CommitResult {
  const { fs, project, pipeline, state } = workspace;
  const stages = names.map((name) => pipeline.graph.stages.get(name)!);
  dropSnapshot(state);
  const journal = openJournal(fs, join(state, 'journal'));
  const keeper = openLockKeeper({ fs, project, journal, ...pipeline });
  const cachedOuts = (stage: ResolvedStage): readonly string[] =>
    stage.outs.filter(({ cache }) => cache).map(({ path }) => absolute(workspace, stage, path));
  const gitIgnore = openGitIgnore(fs, project.root, stages.flatMap(cachedOuts));
  const failures: Diagnostic[] = [];
  let recorded = 0;
  for (const file of new Set(stages.map(({ file: { path } }) => path))) {
    const entries = new Map<ResolvedStage, LockEntry>();
    for (const stage of stages.filter((each) => each.file.path === file)) {
      const entry = currentEntry(workspace, stage, options, report);
      if (entry.ok) {
        entries.set(stage, entry.value);
        if (savesAnew(workspace, options)) gitIgnore.add(cachedOuts(stage));
      } else failures.push(...entry.error);
      if (failures.length > 0 && project.dialect === 'dvc') break;
    }
    if (failures.length > 0) break;
    for (const [stage, entry] of entries) keeper.record(stage, entry);
    recorded += entries.size;
  }
  keeper.flush();
  journal.close();
  workspace.memo.save();
  return { recorded, failures };
}

function currentEntry(
  workspace: Workspace,
  stage: ResolvedStage,
  options: CommitOptions,
  report: Reporter,
): Result<LockEntry, readonly Diagnostic[]> {
  const { force, relink, isMeant } = options;
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
  const noParts = missingParts(workspace, stage, states.value, options);
  if (noParts.length > 0) return err(noParts);
  const entry = { ...inputs, outs: lockedOuts(workspace, stage, states.value, before) };
  const savesRun: KeepOptions['savesRun'] = savesAnew(workspace, { force }) ? 'always' : 'never';
  const kept = keepRun(workspace, stage, entry, states.value, {
    savesRun,
    keeps: (out) => isMeant(outOf(stage, out)),
    partsOf: (out) => partsIn(workspace, stage, out, options),
    relink,
    report,
  });
  return kept.ok ? ok(entry) : kept;
}

const outOf = (stage: ResolvedStage, out: ResolvedOut): OutOfStage => ({
  stage: stage.name,
  path: fromRoot(stage.wdir, out.path),
});

/** A lock of our own never names what is kept in part. */
const partsIn = (
  { project }: Workspace,
  stage: ResolvedStage,
  out: ResolvedOut,
  { partsOf }: CommitOptions,
): readonly string[] => (project.dialect === 'dvc' ? partsOf(outOf(stage, out)) : []);

const missingParts = (
  workspace: Workspace,
  stage: ResolvedStage,
  states: ReadonlyMap<ResolvedOut, ContentState>,
  options: CommitOptions,
): readonly Diagnostic[] =>
  [...states].flatMap(([out, state]) => {
    const members = state.kind === 'tree' ? state.entries : [];
    return partsIn(workspace, stage, out, options)
      .filter((part) => !members.some(({ path }) => isInPart(path, part)))
      .map((part) => noPart(out.path, part));
  });

const noPart = (out: string, part: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `There is no "${part}" in "${out}"`,
  hint: 'paths are relative to the working directory',
});

/** Without a change DVC saves the objects, and neither the run nor lines of `.gitignore`. */
const savesAnew = ({ project }: Workspace, { force }: Pick<CommitOptions, 'force'>): boolean =>
  force || project.dialect === 'native';

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
