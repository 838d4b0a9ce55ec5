/**
 * The objects that stages' outs are kept in: what `push` sends and `fetch` brings.
 *
 * @module
 */

import { type Digest, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { RevisionScope } from '../project/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { OutOfStage } from './checkout-stages.ts';
import { recordedInCommits } from './recorded-outs.ts';

/** By the remote that an out names; undefined for the default one. Files and trees, without the members of these. */
export type UsedObjects = ReadonlyMap<string | undefined, ReadonlySet<Digest>>;

/**
 * @param names Of stages, as the lock has them now.
 * @param scopes Also whatever those commits record.
 * @param isMeant Of the outs that the lock has now.
 */
export function usedObjects(
  workspace: Workspace,
  names: readonly string[],
  scopes: readonly RevisionScope[],
  isMeant: (out: OutOfStage) => boolean = () => true,
): Result<UsedObjects, readonly Diagnostic[]> {
  const { graph, lock } = workspace.pipeline;
  const used = new Map<string | undefined, Set<Digest>>();
  const add = (remote: string | undefined, digest: Digest): void => {
    used.set(remote, (used.get(remote) ?? new Set()).add(digest));
  };
  for (const name of names) {
    const stage = graph.stages.get(name)!;
    const outs = new Map(stage.outs.map((out) => [out.path, out]));
    for (const { path, digest } of lock.entries.get(name)?.outs ?? []) {
      const out = outs.get(path);
      if (digest === undefined || out?.cache !== true || !out.push) continue;
      if (isMeant({ stage: name, path: fromRoot(stage.wdir, path) })) add(out.remote, digest);
    }
  }
  for (const scope of scopes) {
    const recorded = recordedInCommits(workspace, scope);
    if (!recorded.ok) return recorded;
    for (const { entries } of recorded.value) {
      for (const { outs } of entries.values())
        for (const { digest } of outs) if (digest !== undefined) add(undefined, digest);
    }
  }
  return ok(used);
}
