/**
 * Paths by patterns, as Python's `glob` takes them: names with a leading dot only where the pattern has it too.
 *
 * @module
 */

import { join } from 'node:path';
import picomatch from 'picomatch';
import type { FileSystem } from '../../cache/index.ts';

/** @param directory Absolute. @returns Files and directories relative to it, sorted. */
export function globPaths(fs: FileSystem, directory: string, pattern: string): readonly string[] {
  const { base, glob } = picomatch.scan(pattern);
  if (glob === '') return fs.stat(join(directory, pattern)) === undefined ? [] : [pattern];
  const isMatch = picomatch(glob);
  const depth = glob.includes('**') ? Infinity : glob.split('/').length;
  const found: string[] = [];
  const walk = (below: string, level: number): void => {
    for (const { name, kind } of fs.readDirectory(join(directory, base, below))) {
      const path = below === '' ? name : `${below}/${name}`;
      if (isMatch(path)) found.push(base === '' ? path : `${base}/${path}`);
      if (kind === 'directory' && level < depth) walk(path, level + 1);
    }
  };
  if (fs.stat(join(directory, base))?.kind === 'directory') walk('', 1);
  return found.sort();
}
