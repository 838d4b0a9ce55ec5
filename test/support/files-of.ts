/**
 * All files below a directory, to compare what was there before with what is there after.
 *
 * @module
 */

import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Relative path to mode and content (as Latin-1, byte for byte), sorted; links by where they point, empty directories
 * as such.
 *
 * @param except Paths, relative to the directory, that are left out with all below them.
 */
export function filesOf(directory: string, except: readonly string[] = []): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  const visit = (path: string): void => {
    const name = relative(directory, path);
    if (except.includes(name)) return;
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isSymbolicLink()) found.push([name, `-> ${readlinkSync(path)}`]);
    else if (stat.isFile())
      found.push([name, `${(stat.mode & 0o777).toString(8)} ${readFileSync(path, 'latin1')}`]);
    else if (stat.isDirectory()) {
      const names = readdirSync(path);
      if (names.length === 0) found.push([`${name}/`, 'empty']);
      for (const child of names) visit(join(path, child));
    }
  };
  visit(directory);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The paths that are in one of two `filesOf` only, or not the same in both, with what they are in each. */
export function changedFiles(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before[path] ?? 'absent', after[path] ?? 'absent'];
    return was === is ? [] : [`${path}: ${was} => ${is}`];
  });
}
