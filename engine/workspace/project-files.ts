/**
 * The files that a pipeline is loaded from: those of the workspace, or those of a commit.
 *
 * @module
 */

import { posix } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';
import { type DirectoryEntry, type IsIgnored, openGitRules, type Project } from '../project/index.ts';

/** All paths are relative to the root. */
export interface ProjectFiles {
  /** Undefined where there is none. */
  readonly readText: (path: string) => string | undefined;
  readonly list: (directory: string) => readonly DirectoryEntry[];
  readonly isIgnored: (path: string, isDirectory: boolean) => boolean;
  /** What else decided over what is ignored. */
  readonly rules: () => readonly string[];
}

export function workspaceFiles(fs: FileSystem, { root }: Project, isIgnored: IsIgnored): ProjectFiles {
  const git = openGitRules(fs, root);
  return {
    readText: (path) => {
      const full = posix.join(root, path);
      return fs.stat(full)?.kind === 'file' ? fs.readFile(full).toString('utf8') : undefined;
    },
    list: (directory) => fs.readDirectory(posix.join(root, directory)),
    isIgnored: (path, isDirectory) => {
      const full = posix.join(root, path);
      return isIgnored(full, isDirectory) || git.isIgnored(full, isDirectory);
    },
    rules: () => git.sources(),
  };
}

/** @param paths Of all files of the commit. */
export function committedFiles(
  paths: () => readonly string[],
  readText: (path: string) => string | undefined,
): ProjectFiles {
  let tree: ReadonlyMap<string, ReadonlyMap<string, DirectoryEntry>> | undefined;
  return {
    readText,
    list: (directory) => [...((tree ??= treeOf(paths())).get(directory)?.values() ?? [])],
    isIgnored: () => false,
    rules: () => [],
  };
}

function treeOf(paths: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, DirectoryEntry>> {
  const tree = new Map<string, Map<string, DirectoryEntry>>();
  const add = (path: string, kind: 'file' | 'directory'): void => {
    const directory = posix.dirname(path);
    const entries = tree.get(directory) ?? new Map<string, DirectoryEntry>();
    const isNew = entries.size === 0;
    tree.set(directory, entries.set(posix.basename(path), { name: posix.basename(path), kind }));
    if (isNew && directory !== '.') add(directory, 'directory');
  };
  for (const path of paths) add(path, 'file');
  return tree;
}
