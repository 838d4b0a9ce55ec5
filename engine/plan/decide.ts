/**
 * `decideStage`: the verdict on one stage, from its lock entry and what is seen of the world.
 *
 * DVC's rules (a command, then deps and params, then outs), with one reason for every difference.
 *
 * @module
 */

import { fromRoot } from '../core/index.ts';
import type { LockEntry, LockPath } from '../lockfile/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { compareInputs, compareOuts, isMissingOut } from './compare.ts';
import type { DecideOptions } from './decide-options.ts';
import { decideResting, isResting } from './decide-resting.ts';
import { isMissingInput, readInputs, type Upstream } from './inputs.ts';
import { withLegacyDeps } from './legacy.ts';
import type { Observer, StageInputs } from './observation.ts';
import { isAlwaysChanged, restorable } from './restorable.ts';
import type { Change, Verdict } from './verdict.ts';

export interface Decision {
  readonly verdict: Verdict;
  /** What the stage reads now; undefined while that is not known. */
  readonly inputs: StageInputs | undefined;
}

export function decideStage(
  stage: ResolvedStage,
  entry: LockEntry | undefined,
  upstream: Upstream,
  observer: Observer,
  options: DecideOptions,
): Decision {
  if (isResting(stage)) {
    return { verdict: decideResting(stage, entry, upstream, observer, options), inputs: undefined };
  }
  const read = readInputs(stage, upstream, observer, (dep) =>
    options.allowMissing ? recordedDep(stage, dep.path, entry, upstream) : undefined,
  );
  if (!read.ok) {
    // With -f DVC looks whether they are there when the command has run.
    const isLookedAtLater = options.dialect === 'dvc' && options.force && read.error.every(isMissingInput);
    const verdict: Verdict = isLookedAtLater
      ? { kind: 'run', because: [{ kind: 'forced' }] }
      : { kind: 'blocked', by: read.error, upstream: [] };
    return { verdict, inputs: undefined };
  }
  const inputs = withLegacyDeps(stage, read.value.inputs, entry, observer);
  if (options.force) {
    return { verdict: { kind: 'run', because: [{ kind: 'forced' }] }, inputs: known(read.value) };
  }
  if (isAlwaysChanged(stage)) {
    return { verdict: { kind: 'run', because: [{ kind: 'always-changed' }] }, inputs: known(read.value) };
  }
  const inputChanges =
    entry === undefined ? neverRan(stage, observer, options) : compareInputs(entry, inputs, stage, options);
  if (read.value.kind === 'waiting') {
    const verdict: Verdict =
      inputChanges.length > 0
        ? { kind: 'run', because: inputChanges }
        : { kind: 'pending', on: read.value.on };
    return { verdict, inputs: undefined };
  }
  const outChanges = entry === undefined ? [] : outDifferences(stage, entry, observer, options);
  const because = [...inputChanges, ...outChanges];
  if (because.length === 0) return { verdict: { kind: 'fresh' }, inputs };
  const from = restorable(stage, entry, inputs, inputChanges, observer, options);
  return { verdict: from ? { kind: 'restore', because, entry: from } : { kind: 'run', because }, inputs };
}

/** By the stage that makes it, where there is one. */
function recordedDep(
  stage: ResolvedStage,
  path: string,
  entry: LockEntry | undefined,
  { graph, recorded }: Upstream,
): LockPath | undefined {
  const maker = graph.outsAt(fromRoot(stage.wdir, path)).find(({ relation }) => relation === 'equal');
  const made = maker && recorded(maker.stage)?.outs.find((out) => out.path === maker.out.path);
  return made === undefined ? entry?.deps.find((dep) => dep.path === path) : { ...made, path };
}

function outDifferences(
  stage: ResolvedStage,
  entry: LockEntry,
  observer: Observer,
  { allowMissing }: DecideOptions,
): readonly Change[] {
  const changes = compareOuts(stage, entry, observer);
  if (!allowMissing) return changes;
  return changes.filter((change) => !isMissingOut(stage, change, observer));
}

/** DVC knows a stage that has not run by its inputs, and by its outs unless `--allow-missing` overlooks them. */
function neverRan(
  stage: ResolvedStage,
  observer: Observer,
  { allowMissing, dialect }: DecideOptions,
): readonly Change[] {
  const isOverlooked =
    allowMissing &&
    dialect === 'dvc' &&
    stage.deps.length + stage.params.length === 0 &&
    stage.outs.every(({ path }) => observer.content(fromRoot(stage.wdir, path)).kind === 'missing');
  return isOverlooked ? [] : [{ kind: 'never-ran' }];
}

const known = (read: { readonly kind: string; readonly inputs: StageInputs }): StageInputs | undefined =>
  read.kind === 'known' ? read.inputs : undefined;
