/**
 * A file system on which some files have another text than on the disk: to plan as if they had been edited.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { asDigest, type FileHash, type FileStat, type FileSystem } from '../../cache/index.ts';

/** @param texts By absolute path; each file exists. Writing goes to the disk, unseen through these texts. */
export function overlaid(fs: FileSystem, texts: ReadonlyMap<string, string>): FileSystem {
  const bytes = new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
  /** No stat that was ever seen of the file: nothing that is remembered of it holds. */
  const stat = (path: string, real: FileStat | undefined): FileStat | undefined => {
    const content = bytes.get(path);
    if (content === undefined || real === undefined) return real;
    return { ...real, kind: 'file', inode: 0n, sizeBytes: content.length, mtimeNs: 0n, ctimeNs: 0n };
  };
  const hash = (path: string): FileHash | undefined => {
    const content = bytes.get(path);
    if (content === undefined) return undefined;
    return { digest: asDigest(createHash('md5').update(content).digest('hex')), sizeBytes: content.length };
  };
  return {
    ...fs,
    stat: (path) => stat(path, fs.stat(path)),
    lstat: (path) => stat(path, fs.lstat(path)),
    readFile: (path) => bytes.get(path) ?? fs.readFile(path),
    hashFile: (path) => hash(path) ?? fs.hashFile(path),
    hashFiles: (files) => {
      const real = fs.hashFiles(files.filter(({ path }) => !bytes.has(path)));
      let next = 0;
      return files.map(({ path }) => hash(path) ?? real[next++]!);
    },
  };
}
