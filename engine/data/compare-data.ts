/**
 * `compareData`: the data of two commits, or of one and the workspace.
 *
 * @module
 */

import { posix } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { NAMED, selectTargets } from '../graph/index.ts';
import type { Pipeline, Workspace } from '../workspace/index.ts';
import { byPresence, type DataChange, dataChanges, pathOf } from './data-changes.ts';
import {
  flatData,
  isLacking,
  isWithin,
  recordedData,
  standingData,
  type TrackedItem,
} from './tracked-data.ts';

export interface DataComparison {
  /** Without what is unchanged or not known. */
  readonly changes: readonly DataChange[];
  /** Of the first side, what is not in the cache; only looked for where the other side is the workspace. */
  readonly notCached: readonly TrackedItem[];
}

export interface DataSide {
  /** Of a commit; undefined where there was none. */
  readonly pipeline: Pipeline | undefined;
}

/**
 * @param is The workspace where it is left away.
 * @param targets Outs, what lies in them, `.dvc` files and stages; without any, all.
 */
export function compareData(
  workspace: Workspace,
  was: DataSide,
  is: DataSide | undefined,
  targets: readonly string[],
): Result<DataComparison, readonly Diagnostic[]> {
  const later = is?.pipeline ?? workspace.pipeline;
  const sides = [was.pipeline, is === undefined ? later : is.pipeline];
  const wanted = targets.length === 0 ? ok(undefined) : pathsOf(workspace, sides, targets);
  if (!wanted.ok) return wanted;
  const before = recordedData(workspace, was.pipeline);
  const known = recordedData(workspace, is === undefined ? later : is.pipeline);
  const after = is === undefined ? standingData(workspace, known) : known;
  const changes = dataChanges(flatData(before, true), flatData(after, true), byPresence).filter((change) =>
    isWithin(pathOf(change), wanted.value),
  );
  const seen =
    is === undefined ? changes.flatMap((change) => ('was' in change ? (change.was ?? []) : [])) : [];
  return ok({
    changes: changes.filter(({ kind }) => kind !== 'unchanged' && kind !== 'unknown'),
    notCached: seen.filter((item) => isLacking(workspace, item)),
  });
}

/** What the targets stand for, on whichever side there is such a thing. */
function pathsOf(
  { project }: Workspace,
  sides: readonly (Pipeline | undefined)[],
  targets: readonly string[],
): Result<readonly string[], readonly Diagnostic[]> {
  const paths: string[] = [];
  const missing: Diagnostic[] = [];
  for (const target of targets) {
    const found = sides.flatMap((pipeline) =>
      pipeline === undefined ? [] : pathsIn(pipeline, project.cwd, target),
    );
    if (found.length === 0) missing.push(noTarget(target));
    paths.push(...found);
  }
  return missing.length > 0 ? err(missing) : ok(paths);
}

function pathsIn({ graph }: Pipeline, cwd: string, target: string): readonly string[] {
  const stages = selectTargets(graph, [target], NAMED);
  if (stages.ok) {
    return stages.value.flatMap((name) => {
      const { wdir, outs } = graph.stages.get(name)!;
      return outs.map(({ path }) => fromRoot(wdir, path));
    });
  }
  const path = posix.normalize(fromRoot(cwd, target));
  return graph.outsAt(path).some(({ relation }) => relation !== 'contains') ? [path] : [];
}

const noTarget = (target: string): Diagnostic => ({
  code: 'E_NO_SUCH_FILE',
  message: `"${target}" is tracked on neither side`,
  hint: 'name an out, something in one, a .dvc file or a stage',
});
