/**
 * What the cache put, or took over, in the workspace: so that `checkout` can take away what belonged to another revision.
 *
 * Lines of JSON in `<home>/tmp/dvc-like/placed-outs`, the last one of a path counts. Losing the file only leaves outs where
 * they are.
 *
 * @module
 */

import { join } from 'node:path';
import { type Digest, type FileSystem, type Hasher, replaceFile } from '../../cache/index.ts';
import { fromRoot } from '../core/index.ts';
import type { StageGraph } from '../graph/index.ts';
import { trackedByGit } from '../project/index.ts';

export interface PlacedOuts {
  /** @param path Relative to the root; the cache has what is there. */
  readonly note: (path: string, digest: Digest) => void;
  /**
   * Takes away what was placed, is still as it was, and is no longer an out, nor in one, nor around one. What git keeps, and
   * what the cache could not bring back, stays.
   *
   * @returns The paths, relative to the root, in the order in which they were placed.
   * @see DVC 3.67.1, dvc_data/hashfile/state.py, `get_unused_links`
   */
  readonly removeUnused: (graph: StageGraph) => readonly string[];
}

interface Surroundings {
  readonly root: string;
  /** Where what is ours alone is kept. */
  readonly state: string;
  readonly hasher: Hasher;
  /** Whether the cache has all of it. */
  readonly isCached: (digest: Digest) => boolean;
}

/** Path, digest, and what tells this file from another of the same name and content. */
type Placed = readonly [path: string, digest: Digest, identity: string];

export function openPlacedOuts(fs: FileSystem, { root, state, hasher, isCached }: Surroundings): PlacedOuts {
  const file = join(state, 'placed-outs');
  const identityOf = (path: string): string | undefined => {
    const stat = fs.lstat(join(root, path));
    if (stat === undefined) return undefined;
    return stat.kind === 'directory' ? `${stat.inode}` : `${stat.inode}:${stat.mtimeNs}`;
  };
  const isAsPlaced = ([path, digest, identity]: Placed): boolean => {
    if (identityOf(path) !== identity || !isCached(digest)) return false;
    const current = hasher.observe(join(root, path));
    return current.kind !== 'missing' && current.digest === digest;
  };
  return {
    note: (path, digest) => {
      const identity = identityOf(path);
      if (identity !== undefined) fs.appendFile(file, format([path, digest, identity]));
    },
    removeUnused: (graph) => {
      const placed = readPlaced(fs, file);
      const outs = pathsOfOuts(graph);
      const unused = [...placed.values()].filter(([path]) => !outs.touch(path));
      const kept = trackedByGit(
        root,
        unused.map(([path]) => path),
      );
      const removed = unused.filter((each) => !kept.has(each[0]) && isAsPlaced(each)).map(([path]) => path);
      for (const path of removed) {
        fs.remove(join(root, path));
        placed.delete(path);
      }
      if (placed.size > 0) replaceFile(fs, file, [...placed.values()].map(format).join(''));
      return removed;
    },
  };
}

const format = (placed: Placed): string => `${JSON.stringify(placed)}\n`;

function readPlaced(fs: FileSystem, file: string): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  if (fs.stat(file)?.kind !== 'file') return placed;
  for (const line of fs.readFile(file).toString('utf8').split('\n')) {
    const each = parse(line);
    if (each === undefined) continue;
    placed.delete(each[0]);
    placed.set(each[0], each);
  }
  return placed;
}

/** @returns Undefined for what a power cut left of a line. */
function parse(line: string): Placed | undefined {
  try {
    return JSON.parse(line) as Placed;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether a path is an out, lies in one, or has one in it. */
function pathsOfOuts(graph: StageGraph): { readonly touch: (path: string) => boolean } {
  const outs = new Set<string>();
  const around = new Set<string>();
  for (const { wdir, outs: own } of graph.stages.values()) {
    for (const out of own) {
      const path = fromRoot(wdir, out.path);
      outs.add(path);
      for (const parent of parentsOf(path)) around.add(parent);
    }
  }
  return {
    touch: (path) => outs.has(path) || around.has(path) || parentsOf(path).some((parent) => outs.has(parent)),
  };
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
