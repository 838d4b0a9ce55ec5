/**
 * The data that belongs into remotes.
 *
 * @module
 */

import { fromRoot } from '../core/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type DataStatusOptions } from './data-status.ts';
import { flatData, isWithin, recordedData, type TrackedItem } from './tracked-data.ts';

export interface SharedItem extends TrackedItem {
  readonly digest: NonNullable<TrackedItem['digest']>;
  /** That its out names; undefined for the default one. */
  readonly remote: string | undefined;
}

/** What is recorded of cached outs, but for those that stay here; what lies deeper comes later, as in DVC. */
export function sharedData(
  workspace: Workspace,
  { isGranular, targets }: DataStatusOptions,
): readonly SharedItem[] {
  const { pipeline } = workspace;
  const { outs, membersOf } = recordedData(workspace, pipeline);
  const items = [...pipeline.graph.stages.values()].flatMap((stage) =>
    stage.outs.flatMap(({ path, push, remote }) => {
      const out = outs.get(fromRoot(stage.wdir, path));
      if (out === undefined || !push) return [];
      const flat = flatData({ outs: new Map([[out.path, out]]), membersOf }, isGranular);
      return [...flat.items.values()].flatMap((item) =>
        item.digest !== undefined && isWithin(item.path, targets)
          ? [{ ...item, digest: item.digest, remote }]
          : [],
      );
    }),
  );
  const depth = ({ path }: SharedItem): number => path.split('/').length;
  return items.sort((a, b) => depth(a) - depth(b));
}
