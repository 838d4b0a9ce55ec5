/**
 * The verdict on what nothing is run for: a data source (a `.dvc` file), and a stage that is frozen.
 *
 * In our own projects what is missing comes back from the cache, and a frozen stage is left alone. In a DVC repository the
 * record follows the workspace: what stands there otherwise than recorded is taken as it is, what is missing is an error.
 *
 * @module
 */

import { type Diagnostic, fromRoot } from '../core/index.ts';
import { type LockEntry, type LockPath, lockPath } from '../lockfile/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import { compareActions, compareOuts, isMissingOut } from './compare.ts';
import type { DecideOptions } from './decide-options.ts';
import { readInputs, type Upstream } from './inputs.ts';
import type { Observer, StageInputs } from './observation.ts';
import type { Change, Verdict } from './verdict.ts';

export const isResting = (stage: ResolvedStage): boolean =>
  stage.frozen || (stage.action.kind === 'source' && !isImport(stage));

/** A `.dvc` file of data that was copied from elsewhere on this machine. */
const isImport = (stage: ResolvedStage): boolean =>
  stage.action.kind === 'source' && stage.deps.length === 1 && stage.outs.length === 1;

export function decideResting(
  stage: ResolvedStage,
  entry: LockEntry | undefined,
  { graph, recorded, isInPlace: isMade }: Upstream,
  observer: Observer,
  { dialect, force, allowMissing, restoresData }: DecideOptions,
): Verdict {
  const asItStands: Verdict = { kind: stage.frozen ? 'frozen' : 'fresh' };
  const lock = entry ?? { ...NOTHING, action: { kind: 'source' } };
  const outChanges = compareOuts(stage, lock, observer);
  const forced: readonly Change[] = force ? [{ kind: 'forced' }] : [];
  // In a DVC repository a frozen stage does not wait for what it reads.
  const isInPlace = dialect === 'dvc' && stage.frozen ? () => true : isMade;
  const upstream: Upstream = { graph, isInPlace, restored: () => undefined, recorded };
  if (dialect === 'native') {
    const outs = stage.outs.flatMap((out) => presentOrRecorded(stage, out, lock, observer) ?? []);
    const isRestorable = outChanges.every(({ kind }) => kind === 'out-missing');
    const canRestore = isRestorable && outChanges.length > 0 && outs.length === stage.outs.length;
    return canRestore ? { kind: 'restore', because: outChanges, entry: { ...lock, outs } } : asItStands;
  }
  const inputs = inputsOf(stage, lock, upstream, observer);
  const isAsRecorded = outChanges.length === 0 && !force;
  if ('by' in inputs) return isAsRecorded ? asItStands : blocked(inputs.by);
  if ('on' in inputs) return isAsRecorded ? asItStands : { kind: 'pending', on: inputs.on };
  const actionChanges = entry === undefined ? [] : compareActions(entry.action, inputs.action);
  const because: readonly Change[] = [
    ...forced,
    ...actionChanges,
    ...outChanges.filter((change) => !allowMissing || !isMissingOut(stage, change, observer)),
  ];
  if (because.length === 0) return asItStands;
  const outs = stage.outs.map((out) => presentOrRecorded(stage, out, lock, observer));
  const missing = stage.outs.filter(
    (out, i) => outs[i] === undefined || (!restoresData && isMissing(stage, out, observer)),
  );
  if (missing.length > 0) return blocked(missing.map((out) => missingData(stage, out)));
  const next: LockEntry = { ...inputs, outs: outs as readonly LockPath[] };
  const isRestored = because.some(({ kind }) => kind === 'out-missing');
  return { kind: isRestored ? 'restore' : 'record', because, entry: next };
}

const isMissing = (stage: ResolvedStage, out: ResolvedOut, observer: Observer): boolean =>
  observer.content(fromRoot(stage.wdir, out.path)).kind === 'missing';

const NOTHING = { env: new Map(), deps: [], params: new Map(), outs: [] };

const blocked = (by: readonly Diagnostic[]): Verdict => ({ kind: 'blocked', by, upstream: [] });

/** What is recorded beside the outs: of a data source what is recorded already, of a frozen stage what it reads now. */
function inputsOf(
  stage: ResolvedStage,
  lock: LockEntry,
  upstream: Upstream,
  observer: Observer,
): StageInputs | { readonly by: readonly Diagnostic[] } | { readonly on: readonly string[] } {
  const { action, env, deps, params } = lock;
  if (stage.action.kind === 'source' && (stage.frozen || stage.deps.length === 0)) {
    return { action, env, deps, params };
  }
  const read = readInputs(stage, upstream, observer);
  if (!read.ok) return { by: read.error };
  return read.value.kind === 'waiting' ? { on: read.value.on } : read.value.inputs;
}

/** @returns Undefined for an out that neither the workspace nor the cache has. */
function presentOrRecorded(
  stage: ResolvedStage,
  out: ResolvedOut,
  lock: LockEntry,
  observer: Observer,
): LockPath | undefined {
  const recorded = lock.outs.find(({ path }) => path === out.path);
  const present = lockPath(out.path, observer.content(fromRoot(stage.wdir, out.path)));
  if (recorded?.legacy !== undefined) {
    const isThere = present !== undefined;
    const isSame = isThere && observer.legacy(fromRoot(stage.wdir, out.path)) === recorded.legacy;
    return isSame || (!isThere && observer.isLegacyCached(recorded.legacy)) ? recorded : present;
  }
  if (present !== undefined) {
    const isSame = recorded?.digest === present.digest && recorded?.cloud !== undefined;
    return isSame ? { ...present, cloud: recorded.cloud } : present;
  }
  return recorded?.digest !== undefined && observer.isCached(recorded.digest) ? recorded : undefined;
}

const missingData = (stage: ResolvedStage, out: ResolvedOut): Diagnostic => ({
  code: 'E_MISSING_DATA',
  message: `"${out.path}" of "${stage.name}" is not in the workspace`,
  place: out.place,
  hint: `bring it back with "dvc-like checkout ${stage.name}", "dvc-like pull ${stage.name}" or "repro --pull"`,
});
