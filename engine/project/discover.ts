/**
 * Discovery: which files of a DVC repository declare stages. Its tree is walked from the top, as DVC does it: links are
 * not followed, what git or `.dvcignore` ignore is left out, and so are directories that a stage makes and other roots.
 *
 * @module
 */

import { posix } from 'node:path';

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
}

export interface DiscoveryPorts {
  /** The entries of a directory, in any order. All paths are relative to the root; `.` is the root itself. */
  readonly list: (directory: string) => readonly DirectoryEntry[];
  readonly isIgnored: (path: string, isDirectory: boolean) => boolean;
  /** A manifest or a `.dvc` file; before anything below its directory. @returns The outs that it declares. */
  readonly visit: (path: string) => readonly string[];
}

/** @returns The directories that were looked into, those of other roots included. */
export function discover({ list, isIgnored, visit }: DiscoveryPorts): readonly string[] {
  const walked: string[] = [];
  const outs = new Set<string>();
  const pending = ['.'];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    walked.push(directory);
    const entries = list(directory);
    if (directory !== '.' && entries.some(isHome)) continue;
    const pathOf = ({ name }: DirectoryEntry): string => posix.join(directory, name);
    const files = entries.filter(({ name, kind }) => kind !== 'directory' && DECLARING.test(name));
    for (const path of files.map(pathOf).sort()) {
      if (!isIgnored(path, false)) for (const out of visit(path)) outs.add(out);
    }
    const below = entries.filter(({ name, kind }) => kind === 'directory' && !NEVER.has(name)).map(pathOf);
    // The last one is the next.
    for (const path of below.sort().reverse()) {
      if (!outs.has(path) && !isIgnored(path, true)) pending.push(path);
    }
  }
  return walked;
}

const DECLARING = /^dvc\.yaml$|.\.dvc$/;
const NEVER = new Set(['.git', '.hg', '.dvc', '.dvc-like']);

const isHome = ({ name, kind }: DirectoryEntry): boolean =>
  kind === 'directory' && (name === '.dvc' || name === '.dvc-like');
