/**
 * "Did you mean" for paths: what is there under nearly the same name.
 *
 * @module
 */

import { posix } from 'node:path';
import type { FileSystem } from '../../cache/index.ts';
import { suggest } from './suggest.ts';

/** The names in a directory, in any order; none where there is no directory. */
export type NamesIn = (directory: string) => readonly string[];

/**
 * A path that is there, each of its names the wanted one or a typing mistake away from it; `undefined` where there is
 * none. Of each name only the nearest is tried.
 *
 * @param path With `/`; relative to what `namesIn` takes as `.`, or absolute.
 */
export function suggestPath(path: string, namesIn: NamesIn): string | undefined {
  let found = path.startsWith('/') ? '/' : '';
  for (const name of path.split('/').filter((each) => each !== '')) {
    const known = name === '..' || name === '.' ? [name] : namesIn(found === '' ? '.' : found);
    const next = known.includes(name) ? name : suggest(name, [...known].sort());
    if (next === undefined) return undefined;
    found = found === '' || found === '/' ? `${found}${next}` : `${found}/${next}`;
  }
  return found === path ? undefined : found;
}

/** Where thousands of files are missing, the first suggestions tell enough. */
const MAX_LISTINGS = 200;

/**
 * Looks into the first `MAX_LISTINGS` directories that it is asked for.
 *
 * @param root What `.` is.
 */
export function namesUnder(fs: FileSystem, root: string): NamesIn {
  let left = MAX_LISTINGS;
  return (directory) => {
    if (left === 0) return [];
    left -= 1;
    const path = posix.resolve(root, directory);
    return fs.stat(path)?.kind === 'directory' ? fs.readDirectory(path).map(({ name }) => name) : [];
  };
}
