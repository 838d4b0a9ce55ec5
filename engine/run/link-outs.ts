/**
 * Outs that the cache has: linked as `cache.type` says, and what the cache will not bring back of them.
 *
 * @module
 */

import { type ContentState, err, ok, type Result, treeLosses } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import type { ResolvedOut, ResolvedStage } from '../template/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Reporter } from './event.ts';
import { objectErrorText } from './object-error-text.ts';
import { absolute, cacheFailure, isIn, type PartsOf } from './outs.ts';

/**
 * @param states Of the outs, as they stand in the workspace.
 * @param entry What was kept of them.
 */
export function linkOuts(
  workspace: Workspace,
  stage: ResolvedStage,
  states: ReadonlyMap<ResolvedOut, ContentState>,
  entry: Pick<LockEntry, 'outs'>,
  report: Reporter,
  partsOf: PartsOf,
): Result<undefined, readonly Diagnostic[]> {
  const { fs, store, placed, isIgnored } = workspace;
  for (const [out, state] of states) {
    const digest = entry.outs.find(({ path }) => path === out.path)?.digest;
    if (!out.cache || state.kind === 'missing' || state.digest !== digest) continue;
    const path = absolute(workspace, stage, out.path);
    const losses = treeLosses(fs, path, state, { store: store.directory, isIgnored });
    if (losses.length > 0) report({ kind: 'not-kept', out: out.path, losses });
    const parts = partsOf(out);
    for (const [at, content] of parts.length === 0
      ? [[path, state] as const]
      : membersIn(path, state, parts)) {
      const linked = store.relink(at, content);
      if (!linked.ok) return err([cacheFailure(out, objectErrorText(linked.error))]);
    }
    if (parts.length === 0) placed.note(fromRoot(stage.wdir, out.path), digest);
  }
  return ok(undefined);
}

const membersIn = (
  path: string,
  state: ContentState,
  parts: readonly string[],
): readonly (readonly [string, ContentState])[] =>
  (state.kind === 'tree' ? state.entries : [])
    .filter((entry) => isIn(parts)(entry.path))
    .map(({ path: member, digest, sizeBytes = 0 }) => [
      `${path}/${member}`,
      { kind: 'file', digest, sizeBytes, isExecutable: false },
    ]);
