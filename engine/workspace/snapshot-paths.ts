/**
 * What an up-to-date `repro` looked at: the paths whose stats the no-op snapshot keeps.
 *
 * @module
 */

import { posix } from 'node:path';
import { type ContentState, type Digest, isTreeDigest } from '../../cache/index.ts';
import { ancestors, fromRoot } from '../core/index.ts';
import { IGNORE_FILE } from '../project/index.ts';
import type { Workspace } from './workspace.ts';

/** @returns Paths relative to the root, or absolute; some are not there, which counts too. */
export function* snapshotPaths(workspace: Workspace, selected: readonly string[]): Generator<string> {
  const { pipeline } = workspace;
  yield* pipeline.sources;
  yield* workspace.params.sources();
  yield* workspace.ignoreRules.sources();
  yield* [IGNORE_FILE, '.dvc', 'package.json', 'package-lock.json'];
  yield* workspace.config.sources;
  for (const code of workspace.codes.values()) if (code.ok) yield* code.value.inputs;
  for (const name of selected) {
    const stage = pipeline.graph.stages.get(name)!;
    const recorded = new Map(pipeline.lock.entries.get(name)?.outs.map((out) => [out.path, out]));
    for (const { path } of stage.deps) yield* contentPaths(workspace, fromRoot(stage.wdir, path));
    for (const { path, cache } of stage.outs) {
      yield* contentPaths(workspace, fromRoot(stage.wdir, path));
      const { digest, legacy } = recorded.get(path) ?? {};
      if (cache && legacy !== undefined) yield workspace.legacy.pathOf(legacy);
      if (cache && digest !== undefined) yield* objectPaths(workspace, digest);
    }
  }
}

/** The path and, of a directory, the files that count and all directories in which one may appear. */
function* contentPaths(workspace: Workspace, path: string): Generator<string> {
  yield path;
  for (const above of ancestors(path)) yield `${above}/${IGNORE_FILE}`;
  const state: ContentState = workspace.observer.content(path);
  if (state.kind !== 'tree') return;
  for (const entry of state.entries) yield `${path}/${entry.path}`;
  yield* directoriesBelow(workspace, path);
}

function* directoriesBelow(workspace: Workspace, path: string): Generator<string> {
  const full = posix.resolve(workspace.project.root, path);
  for (const { name, kind } of workspace.fs.readDirectory(full)) {
    if (kind !== 'directory' || workspace.isIgnored(`${full}/${name}`, true)) continue;
    yield `${path}/${name}`;
    yield* directoriesBelow(workspace, `${path}/${name}`);
  }
}

function* objectPaths(workspace: Workspace, digest: Digest): Generator<string> {
  yield workspace.store.pathOf(digest);
  if (!isTreeDigest(digest)) return;
  for (const entry of workspace.observer.tree(digest) ?? []) yield workspace.store.pathOf(entry.digest);
}
