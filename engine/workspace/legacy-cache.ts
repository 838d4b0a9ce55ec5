/**
 * What DVC 2 left: digests that turn the CRLF of texts into LF first, and objects under them in `cache/<2>/<30>`.
 *
 * It holds while the content is the same; what changes is recorded with the digest of its bytes.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  asDigest,
  type Digest,
  type FileSystem,
  type Hasher,
  isTreeDigest,
  listObjects,
  parseTree,
  type StoredObject,
  type TreeEntry,
  treeBytes,
  treeDigest,
  writeFileWhole,
} from '../../cache/index.ts';

export interface LegacyCache {
  /** Of what stands at a path (absolute) now; undefined where nothing does. */
  readonly digestOf: (path: string) => Digest | undefined;
  /** The members of a directory that stands at a path (absolute) now; undefined where a file or nothing does. */
  readonly membersAt: (path: string) => readonly TreeEntry[] | undefined;
  /** The object is there and right, and so are all members of a tree. */
  readonly has: (digest: Digest) => boolean;
  readonly list: () => readonly StoredObject[];
  /** The members of a tree that is there, and right. */
  readonly readTree: (digest: Digest) => readonly TreeEntry[] | undefined;
  /** Where the object's file is, or would be. */
  readonly pathOf: (digest: Digest) => string;
  /** Puts an object that is there, and right, in the place of what stands at a path (absolute). */
  readonly restore: (digest: Digest, target: string, isExecutable: boolean) => void;
  /** Keeps what stands at a path (absolute), if that has this digest and the cache lacks it. */
  readonly put: (path: string, digest: Digest) => void;
}

/** @param directory `…/cache`. */
export function openLegacyCache(fs: FileSystem, hasher: Hasher, directory: string): LegacyCache {
  const pathOf = (digest: Digest): string => join(directory, digest.slice(0, 2), digest.slice(2));
  const isRight = (digest: Digest): boolean => {
    const path = pathOf(digest);
    if (fs.stat(path)?.kind !== 'file') return false;
    const bytes = fs.readFile(path);
    return (isTreeDigest(digest) ? treeDigest(bytes) : legacyDigest(bytes)) === digest;
  };
  const entriesOf = (digest: Digest): readonly TreeEntry[] | undefined => {
    const tree = isRight(digest) ? parseTree(fs.readFile(pathOf(digest))) : undefined;
    return tree?.ok === true ? tree.value : undefined;
  };
  const place = (digest: Digest, target: string, isExecutable: boolean): void => {
    fs.copyFile(pathOf(digest), target);
    fs.chmod(target, isExecutable ? 0o744 : 0o644);
  };
  const membersAt = (path: string): readonly TreeEntry[] | undefined => {
    const state = hasher.observe(path);
    if (state.kind !== 'tree') return undefined;
    return state.entries.map((entry) => ({
      path: entry.path,
      digest: legacyDigest(fs.readFile(join(path, entry.path))),
    }));
  };
  const digestOf = (path: string): Digest | undefined => {
    const entries = membersAt(path);
    if (entries !== undefined) return treeDigest(treeBytes(entries));
    return hasher.observe(path).kind === 'file' ? legacyDigest(fs.readFile(path)) : undefined;
  };
  const has = (digest: Digest): boolean => {
    if (!isTreeDigest(digest)) return isRight(digest);
    return entriesOf(digest)?.every((entry) => isRight(entry.digest)) ?? false;
  };
  const keep = (digest: Digest, bytes: Buffer): void => {
    if (isRight(digest)) return;
    writeFileWhole(fs, pathOf(digest), bytes);
    fs.chmod(pathOf(digest), 0o444);
  };
  return {
    pathOf,
    digestOf,
    membersAt,
    has,
    list: () => listObjects({ fs, directory }),
    readTree: entriesOf,
    put: (path, digest) => {
      if (has(digest) || digestOf(path) !== digest) return;
      const entries = membersAt(path);
      for (const entry of entries ?? []) keep(entry.digest, fs.readFile(join(path, entry.path)));
      keep(digest, entries === undefined ? fs.readFile(path) : treeBytes(entries));
    },
    restore: (digest, target, isExecutable) => {
      fs.remove(target);
      if (!isTreeDigest(digest)) {
        fs.makeDirectory(join(target, '..'));
        place(digest, target, isExecutable);
        return;
      }
      fs.makeDirectory(target);
      for (const entry of entriesOf(digest) ?? []) {
        const path = join(target, entry.path);
        fs.makeDirectory(join(path, '..'));
        place(entry.digest, path, false);
      }
    },
  };
}

const PIECE_BYTES = 1 << 20;
const LOOKED_AT_BYTES = 512;

/** DVC's `md5-dos2unix`: each MiB for itself, where its beginning looks like text. */
function legacyDigest(bytes: Buffer): Digest {
  const hash = createHash('md5');
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    hash.update(isText(piece.subarray(0, LOOKED_AT_BYTES)) ? withoutReturns(piece) : piece);
  }
  return asDigest(hash.digest('hex'));
}

/** No zero byte, and at most 30 % of what texts in ASCII have not. */
function isText(block: Buffer): boolean {
  if (block.includes(0)) return false;
  const isPlain = (byte: number): boolean => (byte >= 32 && byte < 127) || [8, 9, 10, 12, 13].includes(byte);
  return block.filter((byte) => !isPlain(byte)).length / block.length <= 0.3;
}

const withoutReturns = (piece: Buffer): Buffer =>
  Buffer.from(piece.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
