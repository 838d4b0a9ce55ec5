/**
 * The objects that outs are kept in: what `push` sends, `fetch` brings and `gc` keeps.
 *
 * @module
 */

import type { Digest } from '../../cache/index.ts';
import { fromRoot } from '../core/index.ts';
import type { LockPath } from '../lockfile/index.ts';
import type { ResolvedOut } from '../template/index.ts';
import type { Pipeline } from '../workspace/index.ts';
import type { OutOfStage } from './checkout-stages.ts';

/** By the remote that an out names; undefined for the default one. Files and trees, without the members of these. */
export type UsedObjects = ReadonlyMap<string | undefined, ReadonlySet<Digest>>;

/** A cached out, and what the lock has of it. */
export interface RecordedOut {
  readonly out: ResolvedOut;
  readonly locked: LockPath;
  readonly at: OutOfStage;
}

/** The cached outs of stages of which the lock has something. */
export const recordedOuts = (
  { graph, lock }: Pipeline,
  names: Iterable<string> = graph.stages.keys(),
): readonly RecordedOut[] =>
  [...names].flatMap((name) => {
    const { wdir, outs } = graph.stages.get(name)!;
    const cached = new Map(outs.filter(({ cache }) => cache).map((out) => [out.path, out]));
    return (lock.entries.get(name)?.outs ?? []).flatMap((locked) => {
      const out = cached.get(locked.path);
      const at = { stage: name, path: fromRoot(wdir, locked.path) };
      return out === undefined ? [] : [{ out, locked, at }];
    });
  });

/** @param outs Those that stay here are passed over. */
export function usedObjects(outs: readonly RecordedOut[]): UsedObjects {
  const used = new Map<string | undefined, Set<Digest>>();
  for (const { out, locked } of outs) {
    if (locked.digest === undefined || !out.push) continue;
    used.set(out.remote, (used.get(out.remote) ?? new Set()).add(locked.digest));
  }
  return used;
}
