/**
 * What of a directory the store cannot bring back: modes, links and empty directories are not part of a tree.
 *
 * @module
 */

import type { FileSystem } from '../core/index.ts';
import type { ContentState, IsIgnored } from '../hash/index.ts';

export interface Loss {
  /** Relative to the directory. */
  readonly path: string;
  readonly what: 'executable' | 'link' | 'empty-directory';
}

/**
 * @param store Links that lead there stand for files.
 * @returns Ordered by path.
 */
export function treeLosses(
  fs: FileSystem,
  root: string,
  state: ContentState,
  options: { readonly store: string; readonly isIgnored: IsIgnored },
): readonly Loss[] {
  if (state.kind !== 'tree') return [];
  const losses: Loss[] = (state.executables ?? []).map((path) => ({ path, what: 'executable' }));
  const walk = (directory: string, prefix: string): void => {
    const entries = fs.readDirectory(directory);
    if (entries.length === 0 && prefix !== '') losses.push({ path: prefix, what: 'empty-directory' });
    for (const { name, kind } of entries) {
      const path = `${directory}/${name}`;
      if (kind === 'directory') {
        if (!options.isIgnored(path, true)) walk(path, `${prefix}${name}/`);
      } else if (kind === 'symlink' && !options.isIgnored(path, false)) {
        if (!fs.readLink(path).startsWith(`${options.store}/`))
          losses.push({ path: prefix + name, what: 'link' });
      }
    }
  };
  walk(root, '');
  return losses.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
