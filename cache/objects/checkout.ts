/**
 * Store -> workspace.
 *
 * Files come in by copy and rename, so that a path holds either its old content or its new one. Nothing is written
 * outside the target: entries are safe relative paths, and a link in place of a directory is replaced, not followed.
 *
 * @module
 */

import { dirname, join } from 'node:path';
import { type Digest, err, type FileStat, isTreeDigest, ok, type Result } from '../core/index.ts';
import {
  type ContentState,
  hashBatch,
  isExecutable,
  letSettle,
  type TreeEntry,
  treeState,
} from '../hash/index.ts';
import { catchIo, type ObjectError } from './object-error.ts';
import { pruneTree } from './prune-tree.ts';
import { type CheckoutOptions, objectPath, type StoreParts } from './store-parts.ts';
import { readWholeTree, verifyObjects } from './verify.ts';

/** One file to bring about. */
interface Wanted {
  readonly target: string;
  readonly digest: Digest;
  readonly sizeBytes: number;
}

export function checkoutContent(
  parts: StoreParts,
  digest: Digest,
  target: string,
  options: CheckoutOptions,
): Result<ContentState, ObjectError> {
  return catchIo(target, () =>
    isTreeDigest(digest)
      ? checkoutTree(parts, digest, target, options)
      : checkoutFile(parts, digest, target, options.isExecutable),
  );
}

function checkoutFile(
  parts: StoreParts,
  digest: Digest,
  target: string,
  wantsExecutable: boolean,
): Result<ContentState, ObjectError> {
  const { fs } = parts;
  const object = verifyObjects(parts, [digest]).get(digest);
  if (object === undefined) return err({ kind: 'missing-object', digest });
  const { sizeBytes } = object;
  fs.makeDirectory(dirname(target));
  const mode = wantsExecutable ? 0o744 : 0o644;
  const missing = findMissing(parts, [{ target, digest, sizeBytes }]);
  placeFiles(parts, dirname(target), missing, mode);
  const stat = fs.lstat(target);
  if (stat !== undefined && isExecutable(stat) !== wantsExecutable) fs.chmod(target, mode);
  return ok({ kind: 'file', digest, sizeBytes, isExecutable: wantsExecutable });
}

function checkoutTree(
  parts: StoreParts,
  digest: Digest,
  target: string,
  options: CheckoutOptions,
): Result<ContentState, ObjectError> {
  const { fs } = parts;
  const tree = readWholeTree(parts, digest);
  if (!tree.ok) return tree;
  const entries = tree.value;
  makeDirectories(parts, target, entries);
  pruneTree(fs, target, entries, options.isIgnored);
  const missing = findMissing(
    parts,
    entries.map((entry) => ({ ...entry, target: join(target, entry.path) })),
  );
  placeFiles(parts, dirname(target), missing, 0o644);
  return ok({ ...treeState(entries), digest });
}

/** Makes the target and the tree's directories real ones, removing what stands in their place. */
function makeDirectories({ fs }: StoreParts, target: string, entries: readonly TreeEntry[]): void {
  const done = new Set<string>();
  const make = (directory: string): void => {
    if (done.has(directory)) return;
    done.add(directory);
    if (directory !== target) make(dirname(directory));
    const stat = fs.lstat(directory);
    if (stat?.kind === 'directory') return;
    if (stat !== undefined) fs.remove(directory);
    fs.makeDirectory(directory);
  };
  make(target);
  for (const { path } of entries) make(dirname(join(target, path)));
}

/** Those whose target is not yet a file of that content. */
function findMissing(parts: StoreParts, wanted: readonly Wanted[]): readonly Wanted[] {
  const { fs, memo } = parts;
  const candidates: { readonly item: Wanted; readonly path: string; readonly stat: FileStat }[] = [];
  for (const item of wanted) {
    const stat = fs.lstat(item.target);
    if (stat?.kind === 'file' && stat.sizeBytes === item.sizeBytes) {
      candidates.push({ item, path: item.target, stat });
    }
  }
  const hashes = hashBatch(fs, memo, candidates);
  const present = new Set(
    candidates.filter(({ item }, i) => hashes[i]!.digest === item.digest).map(({ item }) => item),
  );
  return wanted.filter((item) => !present.has(item));
}

/** Copies into a directory beside the targets, then renames each to its place. */
function placeFiles(parts: StoreParts, beside: string, files: readonly Wanted[], mode: number): void {
  if (files.length === 0) return;
  const { fs, memo } = parts;
  const staging = fs.temporaryPath(beside);
  try {
    fs.makeDirectory(staging);
    const copies = files.map((file, i) => {
      const copy = join(staging, i.toString());
      fs.copyFile(objectPath(parts, file.digest), copy);
      fs.chmod(copy, mode);
      return { ...file, copy, stampNs: fs.lstat(copy)?.mtimeNs ?? 0n };
    });
    letSettle(fs, copies);
    const placedAtNs = fs.clockNs();
    for (const { copy, target, digest } of copies) {
      if (fs.lstat(target)?.kind === 'directory') fs.remove(target);
      fs.rename(copy, target);
      const stat = fs.lstat(target);
      if (stat !== undefined) memo.setPlaced(target, stat, digest, placedAtNs);
    }
  } finally {
    fs.remove(staging);
  }
}
