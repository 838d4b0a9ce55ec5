/**
 * Puts files of the store into the workspace: as links to its objects, or as copies of them.
 *
 * A hard link and a symbolic link lead to the object itself, so nothing of it may be changed for their sake: neither its
 * mode (a file that is to be executable is therefore a copy) nor, through them, its bytes.
 *
 * @module
 */

import { join } from 'node:path';
import { bytesDigest, type Digest, err, type FileStat, isErrno, ok, type Result } from '../core/index.ts';
import { letSettle } from '../hash/index.ts';
import type { ObjectError } from './object-error.ts';
import { type LinkType, objectPath, type StoreParts } from './store-parts.ts';

/** One file to bring about. Its object is there and right. */
export interface Wanted {
  readonly target: string;
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** What the copies among them get; links have the mode of the object. */
export type Mode = 0o644 | 0o744;

/**
 * Makes each beside the targets, then renames it to its place.
 *
 * @param beside A directory on the file system of the targets.
 */
export function placeFiles(
  parts: StoreParts,
  beside: string,
  files: readonly Wanted[],
  mode: Mode,
): Result<undefined, ObjectError> {
  if (files.length === 0) return ok(undefined);
  const { fs } = parts;
  const types = typesFor(parts.linkTypes, mode);
  const staging = fs.temporaryPath(beside);
  try {
    fs.makeDirectory(staging);
    const made: Made[] = [];
    for (const [i, file] of files.entries()) {
      const path = join(staging, i.toString());
      const known = types[0] === 'copy' ? undefined : knownObject(parts, file.digest);
      const kind = make(parts, types, file, path, mode);
      if (kind === undefined) return err({ kind: 'no-link', path: file.target, types: parts.linkTypes });
      const stampNs = fs.lstat(path)?.mtimeNs ?? 0n;
      made.push({ ...file, path, known, isLink: kind === 'link', stampNs });
    }
    letSettle(
      fs,
      made.filter(({ isLink }) => !isLink),
    );
    rename(parts, made);
    return ok(undefined);
  } finally {
    fs.remove(staging);
  }
}

interface Made extends Wanted {
  readonly path: string;
  /** A hard or a symbolic one. */
  readonly isLink: boolean;
  /** The object before it was linked, where the memo was sure of it. */
  readonly known: FileStat | undefined;
  readonly stampNs: bigint;
}

/** A copy shares its blocks anyway where it can: only where a copy will not do is a reflink something else. */
function typesFor(configured: readonly LinkType[], mode: Mode): LinkType[] {
  const types = configured.filter((type, i) => type !== 'reflink' || configured[i + 1] !== 'copy');
  const isLinked = types.some((type) => type === 'hardlink' || type === 'symlink');
  if (mode === 0o644 || !isLinked) return [...types];
  return [...new Set<LinkType>([...types, 'copy'])].filter((type) => type === 'reflink' || type === 'copy');
}

/** As it is, where the memo is sure of its content. */
function knownObject(parts: StoreParts, digest: Digest): FileStat | undefined {
  const path = objectPath(parts, digest);
  const stat = parts.fs.stat(path);
  return stat !== undefined && parts.memo.get(path, stat) === bytesDigest(digest) ? stat : undefined;
}

/** By the first type that works; those that the file system lacks are dropped from `types`. */
function make(
  parts: StoreParts,
  types: LinkType[],
  { digest, sizeBytes }: Wanted,
  path: string,
  mode: Mode,
): 'link' | 'copy' | undefined {
  const { fs } = parts;
  const object = objectPath(parts, digest);
  for (const type of [...types]) {
    try {
      switch (type) {
        case 'reflink':
          fs.reflink(object, path);
          fs.chmod(path, mode);
          return 'copy';
        case 'copy':
          fs.copyFile(object, path);
          fs.chmod(path, mode);
          return 'copy';
        case 'hardlink':
          // Trees have many empty files, and an inode only so many links.
          if (sizeBytes === 0) fs.createFile(path, '', mode);
          else fs.hardLink(object, path);
          return sizeBytes === 0 ? 'copy' : 'link';
        case 'symlink':
          fs.symbolicLink(object, path);
          return 'link';
      }
    } catch (error) {
      fs.remove(path);
      if (isErrno(error, 'EMLINK')) continue;
      if (type === 'copy' || !UNSUPPORTED.some((code) => isErrno(error, code))) throw error;
      types.splice(types.indexOf(type), 1);
    }
  }
  return undefined;
}

/** What file systems say to a link that they cannot make. */
const UNSUPPORTED = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOTTY', 'ENOSYS', 'EINVAL', 'EAGAIN'];

function rename(parts: StoreParts, made: readonly Made[]): void {
  const { fs, memo } = parts;
  const placedAtNs = fs.clockNs();
  for (const { path, target } of made) {
    if (fs.lstat(target)?.kind === 'directory') fs.remove(target);
    fs.rename(path, target);
  }
  // Each hard link has moved the change time of the object and of all its other links.
  for (const { target, digest, isLink, known } of made) {
    const stat = fs.stat(target);
    if (stat === undefined) continue;
    if (!isLink) memo.setPlaced(target, stat, bytesDigest(digest), placedAtNs);
    else if (known !== undefined && stat.mtimeNs === known.mtimeNs && stat.sizeBytes === known.sizeBytes) {
      memo.setPlaced(target, stat, bytesDigest(digest), placedAtNs);
      memo.setPlaced(objectPath(parts, digest), stat, bytesDigest(digest), placedAtNs);
    }
  }
}
