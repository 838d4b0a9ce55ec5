/**
 * What the cache can bring back instead of running a stage again.
 *
 * @module
 */

import { equalValues, type Value } from '../../cache/index.ts';
import { fromRoot, isOutside } from '../core/index.ts';
import type { LockAction, LockEntry } from '../lockfile/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Observer, StageInputs } from './observation.ts';
import type { Change } from './verdict.ts';

/** The entry whose outs the cache can bring back: the lock's own if only outs differ, else one of the run cache's. */
export function restorable(
  stage: ResolvedStage,
  entry: LockEntry | undefined,
  inputs: StageInputs,
  inputChanges: readonly Change[],
  observer: Observer,
  { useRunCache, dialect }: { readonly useRunCache: boolean; readonly dialect: 'dvc' | 'native' },
): LockEntry | undefined {
  const isKind = isRestorableKind(stage, inputs);
  if (dialect === 'dvc' && !isKind) return undefined;
  if (entry !== undefined && inputChanges.length === 0 && hasAllOuts(stage, entry, observer)) {
    return { ...inputs, outs: entry.outs.filter(({ path }) => stage.outs.some((out) => out.path === path)) };
  }
  if (!useRunCache || !isKind) return undefined;
  const known = observer.runs(stage, inputs).filter((candidate) => equalInputs(candidate, inputs));
  // DVC looks at the newest alone.
  const candidates = dialect === 'dvc' ? known.slice(0, 1) : known;
  return candidates.find((candidate) => hasAllOuts(stage, candidate, observer));
}

const hasAllOuts = (stage: ResolvedStage, entry: LockEntry, observer: Observer): boolean =>
  stage.outs.every((out) => {
    const { digest, legacy } = entry.outs.find(({ path }) => path === out.path) ?? {};
    if (legacy !== undefined) return observer.isLegacyCached(legacy);
    return digest !== undefined && observer.isCached(digest);
  });

/** What DVC's run cache leaves aside: nothing in, nothing out, outs that stay between runs or lie elsewhere. */
export function isRestorableKind(stage: ResolvedStage, inputs: StageInputs): boolean {
  const hasInputs =
    inputs.deps.length + [...inputs.params.values()].filter(({ size }) => size > 0).length > 0;
  return (
    !isAlwaysChanged(stage) &&
    hasInputs &&
    stage.outs.length > 0 &&
    stage.outs.every((out) => !out.persist && !isOutside(fromRoot(stage.wdir, out.path)))
  );
}

/** Whole, not by hash: the hash leaves out keys named `size` and `nfiles` wherever they stand. */
function equalInputs(a: StageInputs, b: StageInputs): boolean {
  const deps = (inputs: StageInputs): Value =>
    new Map(inputs.deps.map(({ path, digest, legacy }) => [path, digest ?? legacy ?? null]));
  return (
    equalActions(a.action, b.action) &&
    equalValues(a.env, b.env) &&
    equalValues(deps(a), deps(b)) &&
    equalValues(paramsValue(a.params), paramsValue(b.params))
  );
}

function equalActions(a: LockAction, b: LockAction): boolean {
  if (a.kind === 'command') return b.kind === 'command' && equalValues(a.cmd, b.cmd);
  if (a.kind === 'source') return b.kind === 'source';
  return b.kind === 'module' && a.module === b.module && a.code === b.code && equalValues(a.with, b.with);
}

const paramsValue = (params: StageInputs['params']): Value => new Map(params);

/** Marked so, or a command of which nothing is known that could change (DVC's callback stage). */
export const isAlwaysChanged = (stage: ResolvedStage): boolean =>
  stage.alwaysChanged || (stage.deps.length === 0 && stage.params.length === 0 && stage.outs.length === 0);
