/**
 * A FileSystem that writes down what is done through it, so that a test can tell in which order.
 *
 * @module
 */

import { basename, relative } from 'node:path';
import { type FileSystem, isTemporaryName } from '../../cache/index.ts';

export interface RecordingFileSystem {
  readonly fs: FileSystem;
  /**
   * One line for each call that changes something, syncs or hashes: its name and its paths, relative to the root.
   * Temporary names appear as `TMP1`, `TMP2`, ... in the order in which they were given out. `clear()` starts again.
   */
  readonly calls: readonly string[];
  readonly clear: () => void;
}

/** The calls that are written down, and how many of their arguments are paths. */
const RECORDED = {
  hashFile: 1,
  createFile: 1,
  appendFile: 1,
  copyFile: 2,
  reflink: 2,
  hardLink: 2,
  symbolicLink: 2,
  rename: 2,
  remove: 1,
  makeDirectory: 1,
  chmod: 1,
  sync: 1,
  syncAll: 1,
} as const satisfies Partial<Record<keyof FileSystem, 1 | 2>>;

export function recordCalls(inner: FileSystem, root: string): RecordingFileSystem {
  const calls: string[] = [];
  const temporaries: string[] = [];
  const show = (path: string): string => {
    const parts = relative(root, path).split('/');
    const named = parts.map((part) => (isTemporaryName(part) ? `TMP${temporaries.indexOf(part) + 1}` : part));
    return named.join('/') || '.';
  };
  const recorded = Object.entries(RECORDED).map(([name, pathCount]) => {
    const call = (inner[name as keyof typeof RECORDED] as (...args: readonly unknown[]) => unknown).bind(
      inner,
    );
    return [
      name,
      (...args: readonly unknown[]) => {
        const paths = args.slice(0, pathCount).map((path) => show(String(path)));
        const mode = name === 'chmod' ? [`0${Number(args[1]).toString(8)}`] : [];
        calls.push([name, ...paths, ...mode].join(' '));
        return call(...args);
      },
    ];
  });
  const fs: FileSystem = {
    ...inner,
    ...(Object.fromEntries(recorded) as Pick<FileSystem, keyof typeof RECORDED>),
    hashFiles: (files) => {
      for (const { path } of files) calls.push(`hashFile ${show(path)}`);
      return inner.hashFiles(files);
    },
    temporaryPath: (directory) => {
      const path = inner.temporaryPath(directory);
      temporaries.push(basename(path));
      return path;
    },
  };
  return { fs, calls, clear: () => calls.splice(0) };
}
