/**
 * Lock entries of DVC 2: they hold while the content is the same by their own digests.
 *
 * @module
 */

import { fromRoot } from '../core/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Observer, StageInputs } from './observation.ts';

/** The inputs, with the deps that have not changed as the lock has them. */
export function withLegacyDeps<I extends Pick<StageInputs, 'deps'>>(
  stage: ResolvedStage,
  inputs: I,
  entry: LockEntry | undefined,
  observer: Observer,
): I {
  const legacy = new Map(entry?.deps.flatMap((dep) => (dep.legacy === undefined ? [] : [[dep.path, dep]])));
  if (legacy.size === 0) return inputs;
  const deps = inputs.deps.map((dep) => {
    const recorded = legacy.get(dep.path);
    const isSame =
      recorded !== undefined && observer.legacy(fromRoot(stage.wdir, dep.path)) === recorded.legacy;
    return isSame ? recorded : dep;
  });
  return { ...inputs, deps };
}
