/**
 * Paths as the engine keeps them: relative to the root with `/`, or absolute where they lead outside it.
 *
 * @module
 */

import { posix } from 'node:path';

/** The path of a dep or out (written relative to its stage's `wdir`) seen from the root. */
export function fromRoot(wdir: string, path: string): string {
  return path.startsWith('/') ? posix.normalize(path) : stripSlash(posix.join(wdir, path));
}

/** The reverse: a path seen from the root as a stage in `wdir` writes it. */
export const fromWdir = (wdir: string, path: string): string =>
  path.startsWith('/') ? path : posix.relative(wdir, path);

/** An absolute path into the project as a stage in `wdir` writes it; any other path as it is. */
export function withoutRoot(root: string, wdir: string, path: string): string {
  if (!path.startsWith('/')) return path;
  const inRoot = posix.relative(root, path);
  return isOutside(inRoot) ? path : fromWdir(wdir, inRoot) || '.';
}

/** `a`, `a/b` for `a/b/c`: the nearest first. */
export function* ancestors(path: string): Generator<string> {
  let end = path.lastIndexOf('/');
  while (end > 0) {
    yield path.slice(0, end);
    end = path.lastIndexOf('/', end - 1);
  }
}

export const isInside = (path: string, directory: string): boolean =>
  directory === '.' ? !path.startsWith('/') && !path.startsWith('..') : path.startsWith(`${directory}/`);

/** @param fromRoot A path as seen from the root. */
export const isOutside = (fromRoot: string): boolean =>
  fromRoot.startsWith('/') || fromRoot === '..' || fromRoot.startsWith('../');

const stripSlash = (path: string): string =>
  path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
