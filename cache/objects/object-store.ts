/**
 * The object store: contents by their digests, in DVC 3's layout (`…/files/md5/<2>/<30>[.dir]`, mode 0444).
 *
 * Whatever happens, no file in it has a name that its content does not bear out for a reader who asks `has` first:
 * objects appear by rename when they are whole, and one that was damaged later is deleted when it is met.
 *
 * @module
 */

import { type Digest, type FileSystem, isTreeDigest, ok, type Result } from '../core/index.ts';
import type { ContentState, StatMemo, TreeEntry } from '../hash/index.ts';
import { knownTree } from '../hash/index.ts';
import { checkoutContent } from './checkout.ts';
import { listObjects, type StoredObject } from './list-objects.ts';
import { catchIo, type ObjectError } from './object-error.ts';
import { adoptFiles, putContent } from './put.ts';
import { relinkContent } from './relink.ts';
import { type CheckoutOptions, type LinkType, objectPath, type StoreParts } from './store-parts.ts';
import { readTree, readWholeTree, verifyObjects } from './verify.ts';

export interface ObjectStore {
  /** `…/files/md5`. */
  readonly directory: string;
  /** Makes the directory, where what `adopt` takes is written. */
  makeDirectory(): void;
  /** The object is there and right, and so are all members of a tree. Corrupt objects are deleted. */
  has(digest: Digest): boolean;
  /** What `has` says yes to, `missing` else. The store knows of no execute bit. */
  state(digest: Digest): ContentState;
  /**
   * Copies what was observed at `path` into the store.
   *
   * @param isMeant Of a tree: which of its members, by their paths in it. Its directory object always comes into the store.
   */
  put(path: string, state: ContentState, isMeant?: (member: string) => boolean): Result<Digest, ObjectError>;
  /** Those of the objects that are not there, or were not right; of a tree, only its directory object is looked at. */
  lacking(digests: readonly Digest[]): readonly Digest[];
  /** Of the object's file, unverified; undefined where there is none. */
  sizeOf(digest: Digest): number | undefined;
  /** Files in the store's directory whose content has been verified become objects. */
  adopt(files: readonly { readonly digest: Digest; readonly temporary: string }[]): void;
  /** Everything that is there, by digest, unverified. */
  list(): readonly StoredObject[];
  /** Where the object's file is, or would be. */
  pathOf(digest: Digest): string;
  readTree(digest: Digest): Result<readonly TreeEntry[], ObjectError>;
  /** Makes `target` have this content, placing only what differs. Parent directories are made. */
  checkout(digest: Digest, target: string, options: CheckoutOptions): Result<ContentState, ObjectError>;
  /** After `put` of it: what stands at `path` is linked as the link types say. */
  relink(path: string, state: ContentState): Result<undefined, ObjectError>;
}

export function openObjectStore(options: {
  readonly fs: FileSystem;
  /** `…/files/md5`; made when something is put. */
  readonly directory: string;
  readonly memo: StatMemo;
  /** Told of each corrupt object, after it was deleted. */
  readonly onCorrupt?: (digest: Digest) => void;
  readonly linkTypes?: readonly LinkType[];
}): ObjectStore {
  const { fs, directory, memo, onCorrupt = () => undefined, linkTypes = ['reflink', 'copy'] } = options;
  const parts: StoreParts = { fs, directory, memo, trees: new Map(), onCorrupt, linkTypes };
  const state = (digest: Digest): ContentState => stateInStore(parts, digest);
  return {
    directory,
    makeDirectory: () => {
      fs.makeDirectory(directory);
    },
    has: (digest) => state(digest).kind !== 'missing',
    state,
    put: (path, content, isMeant) => putContent(parts, path, content, isMeant),
    lacking: (digests) => {
      const there = verifyObjects(parts, digests);
      return [...new Set(digests)].filter((digest) => !there.has(digest));
    },
    sizeOf: (digest) => fs.stat(objectPath(parts, digest))?.sizeBytes,
    adopt: (files) => {
      adoptFiles(parts, files);
    },
    list: () => listObjects(parts),
    pathOf: (digest) => objectPath(parts, digest),
    readTree: (digest) => catchIo(directory, () => readTree(parts, digest)),
    checkout: (digest, target, how) => checkoutContent(parts, digest, target, how),
    relink: (path, content) =>
      content.kind === 'missing' ? ok(undefined) : relinkContent(parts, path, content),
  };
}

function stateInStore(parts: StoreParts, digest: Digest): ContentState {
  if (isTreeDigest(digest)) {
    const entries = readWholeTree(parts, digest);
    return entries.ok ? knownTree(digest, entries.value) : { kind: 'missing' };
  }
  const stat = verifyObjects(parts, [digest]).get(digest);
  if (stat === undefined) return { kind: 'missing' };
  return { kind: 'file', digest, sizeBytes: stat.sizeBytes, isExecutable: false };
}
