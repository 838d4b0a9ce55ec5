/**
 * The files of a tree, as DVC collects them: links to files are followed, links to directories are neither followed
 * nor recorded, empty directories do not count.
 *
 * @module
 */

import { type FileStat, type FileSystem, isTemporaryName } from '../core/index.ts';
import { ContentError } from './content-error.ts';

export interface FoundFile {
  /** Relative to the root of the walk, with `/`. */
  readonly path: string;
  readonly absolutePath: string;
  /** Of the file itself, links followed. */
  readonly stat: FileStat;
}

/** Whether the walk passes over a path. Asked about a directory before it is entered. */
export type IsIgnored = (absolutePath: string, isDirectory: boolean) => boolean;

export interface WalkOptions {
  readonly isIgnored: IsIgnored;
  /** A file of this name makes the tree one that cannot be told. */
  readonly refusedName?: string | undefined;
  /** A link that leads nowhere in this directory stands for a file that is gone; another one is an error. */
  readonly linkedFrom?: string | undefined;
}

/** In no particular order. */
export function walkFiles(fs: FileSystem, root: string, options: WalkOptions): readonly FoundFile[] {
  const { isIgnored, refusedName, linkedFrom } = options;
  const files: FoundFile[] = [];
  const pending = [''];
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    const directory = prefix === '' ? root : `${root}/${prefix.slice(0, -1)}`;
    for (const { name, kind } of fs.readDirectory(directory)) {
      if (isTemporaryName(name)) continue;
      const path = prefix + name;
      const absolutePath = `${directory}/${name}`;
      if (kind === 'directory') {
        if (!isIgnored(absolutePath, true)) pending.push(`${path}/`);
        continue;
      }
      if (isIgnored(absolutePath, false)) continue;
      if (name === refusedName) throw new ContentError('refused-name', absolutePath);
      const stat = fileStat(fs, absolutePath, kind, linkedFrom);
      if (stat !== undefined) files.push({ path, absolutePath, stat });
    }
  }
  return files;
}

/** Undefined for a link to a directory, and for what is gone. */
function fileStat(
  fs: FileSystem,
  path: string,
  kind: FileStat['kind'],
  linkedFrom: string | undefined,
): FileStat | undefined {
  const stat = kind === 'symlink' ? fs.stat(path) : fs.lstat(path);
  if (stat === undefined) {
    if (path.includes('\ufffd')) throw new ContentError('undecodable-name', path);
    if (kind === 'symlink' && !(linkedFrom && fs.readLink(path).startsWith(`${linkedFrom}/`))) {
      throw new ContentError('broken-link', path);
    }
    return undefined;
  }
  if (stat.kind === 'directory') return undefined;
  if (stat.kind !== 'file') throw new ContentError('special-file', path);
  return stat;
}
