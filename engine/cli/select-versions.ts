/**
 * The outs that `push`, `fetch` and `pull` move: of the workspace, and of commits beside it.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type RecordedOut, recordedOuts } from '../run/index.ts';
import { loadPipelinesOf, type Pipeline, type Workspace } from '../workspace/index.ts';
import { type ScopeFlags, scopesOf } from './revision-scopes.ts';
import { type OutSelectionFlags, type SelectedOuts, selectOuts } from './select-outs.ts';

export interface VersionFlags extends ScopeFlags, OutSelectionFlags {
  readonly remote?: string;
  /** Bytes, as `--max-size` has them: outs of that size and more are left out. */
  readonly maxBytes?: number | undefined;
  readonly type?: readonly OutType[];
}

export type OutType = 'metrics' | 'plots';

/** An out as one version records it. */
export interface MovedOut extends RecordedOut {
  /** Paths in it that alone are meant; none: all of it. */
  readonly parts: readonly string[];
}

export interface SelectedVersions {
  /** Of the workspace; an error where only commits have the targets. */
  readonly here: Result<SelectedOuts, readonly Diagnostic[]>;
  readonly outs: readonly MovedOut[];
  /** Of versions that were passed over. */
  readonly warnings: readonly Diagnostic[];
}

/** An error where targets are nowhere. */
export function selectVersions(
  workspace: Workspace,
  targets: readonly string[],
  flags: VersionFlags,
): Result<SelectedVersions, readonly Diagnostic[]> {
  const scopes = scopesOf(flags);
  const here = selectOuts(workspace, targets, flags);
  if (!here.ok && scopes.length === 0) return here;
  const committed = loadPipelinesOf(workspace, { scopes });
  if (!committed.ok) return err([committed.error]);
  const outs: MovedOut[] = here.ok ? movedOuts(workspace.pipeline, here.value, flags) : [];
  let isFound = false;
  for (const { pipeline } of committed.value.loaded) {
    const there = selectOuts({ ...workspace, pipeline }, targets, flags);
    if (!there.ok) continue;
    isFound = true;
    outs.push(...movedOuts(pipeline, there.value, flags));
  }
  if (!here.ok && !isFound) return here;
  return ok({ here, outs, warnings: committed.value.problems });
}

const movedOuts = (pipeline: Pipeline, selected: SelectedOuts, flags: VersionFlags): MovedOut[] =>
  recordedOuts(pipeline, selected.names)
    .filter((recorded) => selected.isMeant(recorded.at) && isWanted(recorded, flags))
    .map((recorded) => ({ ...recorded, parts: selected.partsOf(recorded.at) }));

/** What names another remote than the one that is asked for stays where it is. */
const isWanted = ({ out, locked }: RecordedOut, { remote, maxBytes, type = [] }: VersionFlags): boolean =>
  !(remote !== undefined && out.remote !== undefined && out.remote !== remote) &&
  !(maxBytes !== undefined && maxBytes > 0 && (locked.sizeBytes ?? 0) >= maxBytes) &&
  (type.length === 0 || type.some((each) => out.kind === KINDS[each]));

const KINDS = { metrics: 'metric', plots: 'plot' } as const;
