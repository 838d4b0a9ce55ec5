/**
 * `decideStage`: the verdict on one stage, from its lock entry and what is seen of the world.
 *
 * DVC's rules (a command, then deps and params, then outs), with one reason for every difference.
 *
 * @module
 */

import type { LockEntry } from '../lockfile/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { compareInputs, compareOuts } from './compare.ts';
import { readInputs, type Upstream } from './inputs.ts';
import type { Observer, StageInputs } from './observation.ts';
import { isAlwaysChanged, restorable } from './restorable.ts';
import type { Change, Verdict } from './verdict.ts';

export interface DecideOptions {
  /** Run even if nothing changed; what was made before is not restored. */
  readonly force: boolean;
  /** Look for the same inputs in the run cache. */
  readonly useRunCache: boolean;
  /** For DVC it changes nothing that the manifest no longer names a dep or a param. */
  readonly dialect: 'dvc' | 'native';
}

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
  if (stage.frozen) return { verdict: { kind: 'frozen' }, inputs: undefined };
  const read = readInputs(stage, upstream, observer);
  if (!read.ok) return { verdict: { kind: 'blocked', by: read.error, upstream: [] }, inputs: undefined };
  const { inputs } = read.value;
  if (options.force) {
    return { verdict: { kind: 'run', because: [{ kind: 'forced' }] }, inputs: known(read.value) };
  }
  if (isAlwaysChanged(stage)) {
    return { verdict: { kind: 'run', because: [{ kind: 'always-changed' }] }, inputs: known(read.value) };
  }
  const inputChanges = entry === undefined ? NEVER_RAN : compareInputs(entry, inputs, stage, options);
  if (read.value.kind === 'waiting') {
    const verdict: Verdict =
      inputChanges.length > 0
        ? { kind: 'run', because: inputChanges }
        : { kind: 'pending', on: read.value.on };
    return { verdict, inputs: undefined };
  }
  const outChanges = entry === undefined ? [] : compareOuts(stage, entry, observer);
  const because = [...inputChanges, ...outChanges];
  if (because.length === 0) return { verdict: { kind: 'fresh' }, inputs };
  const from = restorable(stage, entry, inputs, inputChanges, observer, options);
  return { verdict: from ? { kind: 'restore', because, entry: from } : { kind: 'run', because }, inputs };
}

const NEVER_RAN: readonly Change[] = [{ kind: 'never-ran' }];

const known = (read: { readonly kind: string; readonly inputs: StageInputs }): StageInputs | undefined =>
  read.kind === 'known' ? read.inputs : undefined;
