/**
 * The data of a project at one time: what is recorded of its cached outs, or what stands in the workspace.
 *
 * @module
 */

import { posix } from 'node:path';
import { type Digest, isTreeDigest, type TreeEntry } from '../../cache/index.ts';
import { fromRoot, isInside } from '../core/index.ts';
import type { Pipeline, Workspace } from '../workspace/index.ts';

/** An out, or a file in one. */
export interface TrackedItem {
  /** Relative to the root. */
  readonly path: string;
  /** Undefined where nothing is recorded. */
  readonly digest: Digest | undefined;
  readonly isDirectory: boolean;
  /** The digest is one of DVC 2. */
  readonly isLegacy?: boolean;
}

export interface TrackedData {
  readonly outs: ReadonlyMap<string, TrackedItem>;
  /** The files of a directory; undefined where nobody knows them any more. */
  readonly membersOf: (out: TrackedItem) => readonly TreeEntry[] | undefined;
}

/** @param pipeline Undefined where there was none. */
export function recordedData({ store, legacy }: Workspace, pipeline: Pipeline | undefined): TrackedData {
  const outs = new Map<string, TrackedItem>();
  for (const [name, stage] of pipeline?.graph.stages ?? []) {
    const entry = pipeline?.lock.entries.get(name);
    for (const out of stage.outs.filter(({ cache }) => cache)) {
      const path = fromRoot(stage.wdir, out.path);
      if (path.startsWith('/') || path.startsWith('../')) continue;
      const locked = entry?.outs.find((each) => each.path === out.path);
      const digest = locked?.digest ?? locked?.legacy;
      const isDirectory = digest !== undefined && isTreeDigest(digest);
      outs.set(path, { path, digest, isDirectory, isLegacy: digest !== locked?.digest });
    }
  }
  return {
    outs,
    membersOf: ({ digest, isLegacy }) => {
      if (digest === undefined) return [];
      return isLegacy ? legacy.readTree(digest) : treeIn(store, digest);
    },
  };
}

function treeIn(store: Workspace['store'], digest: Digest): readonly TreeEntry[] | undefined {
  const tree = store.readTree(digest);
  return tree.ok ? tree.value : undefined;
}

/** @param recorded The outs that are looked at, each by digests like its own. */
export function standingData(workspace: Workspace, recorded: TrackedData): TrackedData {
  const { legacy } = workspace;
  const paths = [...recorded.outs.keys()];
  const full = (path: string): string => posix.resolve(workspace.project.root, path);
  const states = workspace.hasher.observeAll(paths.map(full));
  const outs = new Map<string, TrackedItem>();
  for (const path of paths) {
    const state = states.get(full(path));
    if (state === undefined || state.kind === 'missing') continue;
    const isLegacy = recorded.outs.get(path)?.isLegacy === true;
    const digest = isLegacy ? legacy.digestOf(full(path)) : state.digest;
    outs.set(path, { path, digest, isDirectory: state.kind === 'tree', isLegacy });
  }
  return {
    outs,
    membersOf: ({ path, isLegacy }) => {
      if (isLegacy) return legacy.membersAt(full(path)) ?? [];
      const state = states.get(full(path));
      return state?.kind === 'tree' ? state.entries : [];
    },
  };
}

/** Something is recorded of it, and the cache has no object of that name. */
export const isLacking = ({ fs, store, legacy }: Workspace, { digest, isLegacy }: TrackedItem): boolean =>
  digest !== undefined && fs.stat((isLegacy ? legacy : store).pathOf(digest)) === undefined;

/** Outs and their files by path, and the directories whose files nobody knows. */
export interface FlatData {
  readonly items: ReadonlyMap<string, TrackedItem>;
  readonly unknown: readonly string[];
}

/** @param isDeep With the files in directories. */
export function flatData({ outs, membersOf }: TrackedData, isDeep: boolean): FlatData {
  const items = new Map(outs);
  const unknown: string[] = [];
  for (const out of isDeep ? outs.values() : []) {
    if (!out.isDirectory) continue;
    const members = membersOf(out);
    if (members === undefined) unknown.push(out.path);
    for (const { path, digest } of members ?? []) {
      const full = `${out.path}/${path}`;
      items.set(full, { path: full, digest, isDirectory: false, isLegacy: out.isLegacy === true });
    }
  }
  return { items, unknown };
}

/** The data at and below some paths; all of it without any. */
export const isWithin = (path: string, targets: readonly string[] | undefined): boolean =>
  targets === undefined || targets.some((target) => path === target || isInside(path, target));
