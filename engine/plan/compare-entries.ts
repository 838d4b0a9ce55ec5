/**
 * What differs between two records of a stage: what it was made of, and which outs came out different.
 *
 * @module
 */

import type { ValueMap } from '../../cache/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import { changedKeys, compareActions, compareArguments, compareDeps, paramChanges } from './compare.ts';
import type { Change } from './verdict.ts';

export interface EntryComparison {
  /** Of action, environment, deps and params. */
  readonly changes: readonly Change[];
  /** Paths of outs that are other ones, or only in one of the records. */
  readonly outs: readonly string[];
}

export function compareEntries(was: LockEntry, is: LockEntry): EntryComparison {
  const declared = new Set(is.deps.map(({ path }) => path));
  const gone = was.deps.filter(({ path }) => !declared.has(path));
  return {
    changes: [
      ...compareActions(was.action, is.action),
      ...compareArguments('env', was.env, is.env),
      ...compareDeps(was.deps, is.deps),
      ...gone.map(({ path }): Change => ({ kind: 'dep-removed', path })),
      ...compareParams(was.params, is.params),
    ],
    outs: changedOuts(was, is),
  };
}

function compareParams(was: LockEntry['params'], is: LockEntry['params']): readonly Change[] {
  const none: ValueMap = new Map();
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((file) => {
    const [before, after] = [was.get(file) ?? none, is.get(file) ?? none];
    return changedKeys(before, after).flatMap((key) =>
      paramChanges(file, key, before.get(key), after.get(key)),
    );
  });
}

function changedOuts(was: LockEntry, is: LockEntry): readonly string[] {
  const digests = ({ outs }: LockEntry): ValueMap =>
    new Map(outs.map(({ path, digest, legacy }) => [path, digest ?? legacy ?? null]));
  return changedKeys(digests(was), digests(is));
}
