/**
 * What a directory looks like from outside: another signature, other files.
 *
 * @module
 */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Of each file its name, inode, size and time of change; or the code of what keeps the directory from being looked at. */
export async function signatureOf(directory: string): Promise<string> {
  try {
    const names = (await readdir(directory)).sort();
    const stats = await Promise.all(names.map((name) => stat(join(directory, name), { bigint: true })));
    return stats.map(({ ino, size, mtimeNs }, i) => `${names[i]!}:${ino}:${size}:${mtimeNs}`).join(' ');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  }
}
