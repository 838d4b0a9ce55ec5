/**
 * Looking at everything that some stages read and make, at once.
 *
 * @module
 */

import { posix } from 'node:path';
import type { ContentState, Digest } from '../../cache/index.ts';
import { fromRoot } from '../core/index.ts';
import type { Observer } from '../plan/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { Workspace } from './workspace.ts';

/**
 * The hasher spreads what is to be hashed over the cores.
 *
 * @returns An observer that looks at each content and each object once. It serves as long as nothing is done to them.
 */
export function lookAhead(workspace: Workspace, stages: Iterable<ResolvedStage>): Observer {
  const { hasher, observer, project } = workspace;
  const absolute = (path: string): string => posix.resolve(project.root, path);
  const paths = new Set<string>();
  for (const stage of stages) {
    for (const { path } of [...stage.deps, ...stage.outs]) paths.add(absolute(fromRoot(stage.wdir, path)));
  }
  const contents: Map<string, ContentState> = hasher.observeAll(paths);
  const cached = new Map<Digest, boolean>();
  return {
    ...observer,
    content: (path) => remembering(contents, absolute(path), () => observer.content(path)),
    isCached: (digest) => remembering(cached, digest, () => observer.isCached(digest)),
  };
}

function remembering<Key, Value>(known: Map<Key, Value>, key: Key, look: () => Value): Value {
  const value = known.get(key) ?? look();
  known.set(key, value);
  return value;
}
