/**
 * Removes from a directory what is not of a tree.
 *
 * @module
 */

import type { FileSystem } from '../core/index.ts';
import type { IsIgnored, TreeEntry } from '../hash/index.ts';

/** Ignored files stay, and the directories that hold them; links are removed, never followed. */
export function pruneTree(
  fs: FileSystem,
  root: string,
  entries: readonly TreeEntry[],
  isIgnored: IsIgnored = () => false,
): void {
  const files = new Set(entries.map((entry) => entry.path));
  const directories = new Set(entries.flatMap((entry) => parentsOf(entry.path)));

  /** Whether something is left in the directory. */
  const prune = (prefix: string): boolean => {
    let isLeft = false;
    const directory = prefix === '' ? root : `${root}/${prefix.slice(0, -1)}`;
    for (const { name, kind } of fs.readDirectory(directory)) {
      const path = prefix + name;
      const absolutePath = `${directory}/${name}`;
      const isDirectory = kind === 'directory';
      const stays = isDirectory
        ? !files.has(path) && (isIgnored(absolutePath, true) || prune(`${path}/`) || directories.has(path))
        : files.has(path) || isIgnored(absolutePath, false);
      if (!stays) fs.remove(absolutePath);
      isLeft ||= stays;
    }
    return isLeft;
  };
  prune('');
}

function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    parents.push(path.slice(0, slash));
  }
  return parents;
}
