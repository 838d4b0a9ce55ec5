/**
 * A tree of many small files where nothing stands yet: made beside, verified on the way, and renamed as one.
 *
 * @module
 */

import { dirname } from 'node:path';
import { type Digest, type FileStat, isErrno, ok, type Result } from '../core/index.ts';
import { type ContentState, knownTree, letSettle, sortTree, type TreeEntry } from '../hash/index.ts';
import { isWorthMemory } from './many-small.ts';
import type { ObjectError } from './object-error.ts';
import { objectPath, type StoreParts } from './store-parts.ts';
import { readTree, verifyObjects } from './verify.ts';

type MadeFile = TreeEntry & { readonly stat: FileStat };

/**
 * @returns Undefined, and nothing made, where another way is better, or must tell what is wrong with an object.
 */
export function makeTree(
  parts: StoreParts,
  digest: Digest,
  target: string,
): Result<ContentState, ObjectError> | undefined {
  const { fs, memo, linkTypes } = parts;
  if (linkTypes[0] !== 'copy' && !(linkTypes[0] === 'reflink' && linkTypes[1] === 'copy')) return undefined;
  const tree = readTree(parts, digest);
  if (!tree.ok) return tree;
  const parent = dirname(target);
  const objects = tree.value.map((entry) => objectPath(parts, entry.digest));
  fs.makeDirectory(parent);
  if (!isWorthMemory(fs, objects, parent)) return undefined;
  const staging = fs.temporaryPath(parent);
  let isPlaced = false;
  try {
    const files = copyTree(parts, tree.value, staging);
    if (files === undefined) return undefined;
    letSettle(
      fs,
      files.map(({ stat }) => ({ sizeBytes: stat.sizeBytes, stampNs: stat.mtimeNs })),
    );
    const placedAtNs = fs.clockNs();
    fs.rename(staging, target);
    isPlaced = true;
    // Renaming a directory leaves the stats of its files alone.
    for (const { path, stat, digest: of } of files) {
      memo.setPlaced(`${target}/${path}`, stat, of, placedAtNs);
    }
    const entries = sortTree(
      files.map(({ path, digest: of, stat }) => ({ path, digest: of, sizeBytes: stat.sizeBytes })),
    );
    return ok(knownTree(digest, entries));
  } finally {
    if (!isPlaced) fs.remove(staging);
  }
}

/** In no particular order; undefined where an object is missing or corrupt. */
function copyTree(
  parts: StoreParts,
  entries: readonly TreeEntry[],
  staging: string,
): readonly MadeFile[] | undefined {
  const { fs } = parts;
  const directories = new Set<string>();
  const files: MadeFile[] = [];
  const large: (TreeEntry & { readonly to: string })[] = [];
  for (const entry of entries) {
    const to = `${staging}/${entry.path}`;
    const directory = to.slice(0, to.lastIndexOf('/'));
    if (!directories.has(directory)) fs.makeDirectory(directory);
    directories.add(directory);
    try {
      const copy = fs.copySmall(objectPath(parts, entry.digest), to, 0o644);
      if (copy === undefined) large.push({ ...entry, to });
      else if (copy.digest === entry.digest) files.push({ ...entry, stat: copy.stat });
      else return undefined;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw error;
    }
  }
  const right = verifyObjects(
    parts,
    large.map((entry) => entry.digest),
  );
  for (const { path, digest, to } of large) {
    if (!right.has(digest)) return undefined;
    fs.copyFile(objectPath(parts, digest), to);
    fs.chmod(to, 0o644);
    files.push({ path, digest, stat: fs.lstat(to)! });
  }
  return files;
}
