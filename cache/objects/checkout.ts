/**
 * Store -> workspace.
 *
 * Files are made beside and renamed, so that a path holds either its old content or its new one. Nothing is written
 * outside the target: entries are safe relative paths, and a link in place of a directory is replaced, not followed.
 *
 * @module
 */

import { dirname, join } from 'node:path';
import { type Digest, err, type FileStat, isTreeDigest, ok, type Result } from '../core/index.ts';
import { type ContentState, hashBatch, isExecutable, knownTree, type TreeEntry } from '../hash/index.ts';
import { makeTree } from './make-tree.ts';
import { catchIo, type ObjectError } from './object-error.ts';
import { type Mode, placeFiles, type Wanted } from './place.ts';
import { pruneTree } from './prune-tree.ts';
import { type CheckoutOptions, objectPath, type StoreParts } from './store-parts.ts';
import { readWholeTree, verifyObjects } from './verify.ts';

export function checkoutContent(
  parts: StoreParts,
  digest: Digest,
  target: string,
  options: CheckoutOptions,
): Result<ContentState, ObjectError> {
  return catchIo(target, () =>
    isTreeDigest(digest)
      ? checkoutTree(parts, digest, target, options)
      : checkoutFile(parts, digest, target, options),
  );
}

function checkoutFile(
  parts: StoreParts,
  digest: Digest,
  target: string,
  options: CheckoutOptions,
): Result<ContentState, ObjectError> {
  const { fs } = parts;
  const object = verifyObjects(parts, [digest]).get(digest);
  if (object === undefined) return err({ kind: 'missing-object', digest });
  const { sizeBytes } = object;
  fs.makeDirectory(dirname(target));
  const mode = options.isExecutable ? 0o744 : 0o644;
  const relink = options.relink === undefined ? undefined : 'all';
  const missing = findMissing(parts, [{ target, digest, sizeBytes }], mode, relink);
  const placed = placeFiles(parts, dirname(target), missing, mode);
  if (!placed.ok) return placed;
  const stat = fs.lstat(target);
  const isCopy = stat?.kind === 'file' && stat.inode !== object.inode;
  if (isCopy && (isExecutable(stat) !== options.isExecutable || (relink && stat.mode !== mode))) {
    fs.chmod(target, mode);
  }
  return ok({ kind: 'file', digest, sizeBytes, isExecutable: options.isExecutable });
}

function checkoutTree(
  parts: StoreParts,
  digest: Digest,
  target: string,
  options: CheckoutOptions,
): Result<ContentState, ObjectError> {
  const { fs } = parts;
  const made = fs.lstat(target) === undefined ? makeTree(parts, digest, target) : undefined;
  if (made !== undefined) return made;
  const tree = readWholeTree(parts, digest);
  if (!tree.ok) return tree;
  const entries = tree.value;
  makeDirectories(parts, target, entries);
  pruneTree(fs, target, entries, options.isIgnored);
  const missing = findMissing(
    parts,
    entries.map((entry) => ({ ...entry, target: `${target}/${entry.path}` })),
    0o644,
    options.relink,
  );
  const placed = placeFiles(parts, dirname(target), missing, 0o644);
  return placed.ok ? ok(knownTree(digest, entries)) : placed;
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

/** Those whose target is not yet a file of that content, or is to be linked in another way. */
function findMissing(
  parts: StoreParts,
  wanted: readonly Wanted[],
  mode: Mode,
  relink: CheckoutOptions['relink'],
): readonly Wanted[] {
  const { fs, memo } = parts;
  const candidates: { readonly item: Wanted; readonly path: string; readonly stat: FileStat }[] = [];
  for (const item of wanted) {
    const entry = fs.lstat(item.target);
    const stat = entry?.kind === 'symlink' && leadsToObject(parts, item) ? fs.stat(item.target) : entry;
    if (entry === undefined || stat?.kind !== 'file' || stat.sizeBytes !== item.sizeBytes) continue;
    if (!isLinkedAsWanted(parts, item, entry, mode, relink)) continue;
    candidates.push({ item, path: item.target, stat });
  }
  const hashes = hashBatch(fs, memo, candidates);
  const present = new Set(
    candidates.filter(({ item }, i) => hashes[i]!.digest === item.digest).map(({ item }) => item),
  );
  return wanted.filter((item) => !present.has(item));
}

const leadsToObject = (parts: StoreParts, { target, digest }: Wanted): boolean =>
  parts.fs.readLink(target) === objectPath(parts, digest);

/** Only asked of a file that may have the content, and of a link to the object. */
function isLinkedAsWanted(
  parts: StoreParts,
  { digest, sizeBytes }: Wanted,
  entry: FileStat,
  mode: Mode,
  relink: CheckoutOptions['relink'],
): boolean {
  const { fs, linkTypes } = parts;
  const inode = entry.linkCount > 1 ? fs.stat(objectPath(parts, digest))?.inode : undefined;
  const now = entry.kind === 'symlink' ? 'symlink' : entry.inode === inode ? 'hardlink' : 'copy';
  if (mode === 0o744 && now !== 'copy') return false;
  if (relink === undefined) return true;
  if (mode === 0o744) return true;
  if (now !== 'copy') return relink === 'all' ? linkTypes[0] === now : linkTypes.includes(now);
  if (linkTypes[0] === 'hardlink') return sizeBytes === 0;
  if (relink === 'links') return linkTypes.includes('copy') || linkTypes.includes('reflink');
  // Whether a reflink worked cannot be seen: what comes after it may be another kind of link.
  const isCopied = linkTypes[0] === 'copy' || (linkTypes[0] === 'reflink' && linkTypes[1] === 'copy');
  return isCopied && entry.mode === mode;
}
