/**
 * What DVC's `cache.shared = group` asks for: what is made in a cache can be used and added to by everybody in the
 * group of its directory.
 *
 * @module
 */

import { dirname, sep } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Written to by the group; what is made in it gets the directory's group. */
const SHARED_DIRECTORY = 0o2775;
const SHARED_WRITABLE = 0o664;

/**
 * The same file system, but for what it makes in `directory`, and for the directory itself: directories have mode 2775,
 * files that their owner may write 664, read-only ones the mode asked for, whatever the umask. Source: DVC's `CacheManager`.
 */
export function shareWithGroup(fs: FileSystem, directory: string): FileSystem {
  const isShared = (path: string): boolean => path === directory || path.startsWith(`${directory}${sep}`);
  return {
    ...fs,
    makeDirectory: (path) => {
      if (!isShared(path)) {
        fs.makeDirectory(path);
        return;
      }
      const made: string[] = [];
      for (let at = path; isShared(at) && fs.stat(at) === undefined; at = dirname(at)) made.push(at);
      fs.makeDirectory(path);
      for (const one of made) fs.chmod(one, SHARED_DIRECTORY);
    },
    createFile: (path, bytes, mode) => {
      fs.createFile(path, bytes, mode);
      if (isShared(path)) fs.chmod(path, (mode & 0o200) === 0 ? mode : SHARED_WRITABLE);
    },
  };
}
