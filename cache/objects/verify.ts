/**
 * Whether objects are in the store, with the content that their names promise.
 *
 * @module
 */

import {
  bytesDigest,
  type Digest,
  err,
  type FileStat,
  isTreeDigest,
  ok,
  type Result,
} from '../core/index.ts';
import { hashBatch, parseTree, type TreeEntry } from '../hash/index.ts';
import type { ObjectError } from './object-error.ts';
import { objectPath, type StoreParts } from './store-parts.ts';

/** Stats of those of the objects that are there and right. A corrupt object is deleted and reported. */
export function verifyObjects(parts: StoreParts, digests: Iterable<Digest>): ReadonlyMap<Digest, FileStat> {
  const { fs, memo, onCorrupt } = parts;
  const found: { readonly digest: Digest; readonly path: string; readonly stat: FileStat }[] = [];
  for (const digest of new Set(digests)) {
    const path = objectPath(parts, digest);
    const stat = fs.stat(path);
    if (stat?.kind === 'file') found.push({ digest, path, stat });
  }
  const hashes = hashBatch(fs, memo, found);
  const right = new Map<Digest, FileStat>();
  found.forEach(({ digest, path, stat }, i) => {
    if (hashes[i]!.digest === bytesDigest(digest)) {
      right.set(digest, stat);
    } else {
      fs.remove(path);
      onCorrupt(digest);
    }
  });
  return right;
}

/** The entries of a tree whose directory object is there and right; their sizes are not known. */
export function readTree(parts: StoreParts, digest: Digest): Result<readonly TreeEntry[], ObjectError> {
  if (!isTreeDigest(digest)) throw new RangeError(`Not a tree: "${digest}"`);
  if (!verifyObjects(parts, [digest]).has(digest)) return err({ kind: 'missing-object', digest });
  const known = parts.trees.get(digest);
  if (known !== undefined) return ok(known);
  const tree = parseTree(parts.fs.readFile(objectPath(parts, digest)));
  if (!tree.ok) return err({ kind: 'bad-tree', digest, reason: tree.error });
  parts.trees.set(digest, tree.value);
  return tree;
}

/** The same with the sizes, of a tree all of whose members are there and right. */
export function readWholeTree(
  parts: StoreParts,
  digest: Digest,
): Result<readonly Required<TreeEntry>[], ObjectError> {
  const tree = readTree(parts, digest);
  if (!tree.ok) return tree;
  const members = verifyObjects(
    parts,
    tree.value.map((entry) => entry.digest),
  );
  const entries: Required<TreeEntry>[] = [];
  for (const { path, digest: member } of tree.value) {
    const stat = members.get(member);
    if (stat === undefined) return err({ kind: 'missing-object', digest: member });
    entries.push({ path, digest: member, sizeBytes: stat.sizeBytes });
  }
  return ok(entries);
}
