/**
 * The lookout: tells of changes that the round that runs, or the last one, does not know of.
 *
 * Events only say where to look. They may come late, so a file's own stamps decide: an input counts if it was touched
 * since the round began, an out if it was touched since the round ended.
 *
 * @module
 */

import { dirname } from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { FileSystem } from '../../cache/index.ts';
import { ancestors } from '../core/index.ts';
import { statOf } from './stat-of.ts';
import { isSameSet, mayMatter, partOf, type WatchSet, waypointsOf } from './watch-set.ts';

export interface LookoutOptions {
  readonly fs: FileSystem;
  /** @param path Absolute. */
  readonly onChange: (path: string) => void;
  /** The system does not let us watch. */
  readonly onError: (error: unknown) => void;
}

export interface Lookout {
  /** What changes from now on, the round may not have seen. */
  readonly roundStarts: () => void;
  /** What the round made of outs is done. */
  readonly roundEnds: () => void;
  /**
   * Watches these, and nothing else. Resolves when every later change is told; what has been touched since the round
   * began is told before.
   */
  readonly follow: (set: WatchSet) => Promise<void>;
  /** What is watched now. */
  readonly set: () => WatchSet | undefined;
  readonly close: () => Promise<void>;
}

/** Linux stamps files with the time of its last tick: up to 10 ms old. */
const GRAIN_MS = 20;
const GRAIN_NS = BigInt(GRAIN_MS) * 1_000_000n;

interface Watching {
  readonly set: WatchSet;
  readonly watcher: FSWatcher;
}

export function openLookout({ fs, onChange, onError }: LookoutOptions): Lookout {
  let startedNs = fs.clockNs();
  /** Undefined while a round runs. */
  let endedNs: bigint | undefined;
  let now: Watching | undefined;
  const isTold = (set: WatchSet, path: string, isDirectory: boolean): boolean => {
    const part = partOf(set, path, isDirectory);
    if (part === 'input') return isTouched(fs, path, startedNs - GRAIN_NS);
    return part === 'out' && endedNs !== undefined && isTouched(fs, path, endedNs);
  };
  const watch = async (set: WatchSet): Promise<Watching> => {
    const { watch: chokidar } = await import('chokidar');
    const waypoints = waypointsOf(set);
    const watcher = chokidar(topsOf(fs, set), {
      ignoreInitial: true,
      // It would leave out what only looks like a temporary file, also where it is named.
      atomic: false,
      ignored: (path, stats) =>
        stats === undefined || waypoints.has(path)
          ? !mayMatter(set, waypoints, path)
          : partOf(set, path, stats.isDirectory()) === undefined,
    });
    watcher.on('all', (event, path) => {
      if (isTold(set, path, event.endsWith('Dir'))) onChange(path);
    });
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      watcher.on('error', (error) => {
        onError(error);
        resolve();
      });
    });
    return { set, watcher };
  };
  /** Of the inputs that are named. What lies in directories, a round looks at only after it is watched. */
  const tellTouched = (set: WatchSet): void => {
    for (const path of set.inputs) {
      const stat = statOf(fs, path);
      if (stat !== undefined && stat.kind !== 'directory' && isTold(set, path, false)) onChange(path);
    }
  };
  return {
    roundStarts: () => {
      startedNs = fs.clockNs();
      endedNs = undefined;
    },
    roundEnds: () => {
      // Should an event be missing: these are looked at all the same.
      if (now !== undefined) tellTouched(now.set);
      endedNs = fs.clockNs();
      // What is touched from now on has later stamps.
      fs.sleep(GRAIN_MS);
    },
    follow: async (set) => {
      if (now !== undefined && isSameSet(now.set, set)) return;
      const before = now;
      now = await watch(set);
      await before?.watcher.close();
      tellTouched(set);
    },
    set: () => now?.set,
    close: async () => {
      await now?.watcher.close();
    },
  };
}

/** By its own stamps and those of what it links to; where it has gone, by those of the directory that it was in. */
function isTouched(fs: FileSystem, path: string, sinceNs: bigint): boolean {
  const stats = [statOf(fs, path, 'lstat'), statOf(fs, path)].filter((stat) => stat !== undefined);
  if (stats.length > 0) return stats.some(({ ctimeNs }) => ctimeNs > sinceNs);
  const above = statOf(fs, dirname(path));
  return above === undefined || above.ctimeNs > sinceNs;
}

/** The directories from which everything that is watched is reached; none lies in another. */
function topsOf(fs: FileSystem, set: WatchSet): string[] {
  const directories = new Set(set.codeDirectories);
  for (const path of [...set.inputs, ...set.outs]) directories.add(dirname(path));
  const tops = new Set([...directories].map((path) => nearestThere(fs, path)));
  return [...tops].filter((path) => ![...ancestors(path)].some((above) => tops.has(above))).sort();
}

function nearestThere(fs: FileSystem, path: string): string {
  const isThere = statOf(fs, path)?.kind === 'directory' || path === dirname(path);
  return isThere ? path : nearestThere(fs, dirname(path));
}
