/**
 * The FileSystem port: everything that the cache and the engine do to files passes through it, so that tests can
 * record the order of writes, syncs and renames, and inject faults.
 *
 * Calls are synchronous and throw Node's errors (`code === 'ENOENT'`). Paths are absolute.
 *
 * @module
 */

import type { Digest } from './digest.ts';

/** What identifies one state of a file without reading it. Times in nanoseconds. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly inode: bigint;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Permission bits, `0o7777`. */
  readonly mode: number;
  /** How many names the inode has. */
  readonly linkCount: number;
}

/** What reading a file whole gave: the MD5 of its bytes and how many they were. */
export interface FileHash {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** A file to hash; the size, as it was last seen, only serves to share the work out. */
export interface HashRequest {
  readonly path: string;
  readonly sizeBytes: number;
}

/** A copy that was made in memory. */
export interface SmallCopy {
  /** Of the bytes that were read and written. */
  readonly digest: Digest;
  /** Of the copy. */
  readonly stat: FileStat;
}

export interface FileSystem {
  /** Not following links; undefined where there is nothing. */
  lstat(path: string): FileStat | undefined;
  /** Following links; undefined where there is nothing (or a dangling link). */
  stat(path: string): FileStat | undefined;
  readFile(path: string): Buffer;
  /** Follows links. */
  hashFile(path: string): FileHash;
  /** In the order of the requests; on all cores when there is much to read. Throws the first error. */
  hashFiles(files: readonly HashRequest[]): readonly FileHash[];
  /** Names in no particular order. */
  readDirectory(path: string): readonly { readonly name: string; readonly kind: FileStat['kind'] }[];
  /** Creates (never overwrites: `EEXIST`) and writes whole. */
  createFile(path: string, bytes: Uint8Array | string, mode: number): void;
  appendFile(path: string, bytes: Uint8Array | string): void;
  /** Reflink where the file system can, else a copy. The target must not exist. */
  copyFile(from: string, to: string): void;
  /**
   * A copy with this mode, hashed on the way: for many small files the least work. The target must not exist.
   * Undefined, and nothing made, if the file is not small.
   */
  copySmall(from: string, to: string, mode: number): SmallCopy | undefined;
  /** As `copyFile`, but throws where the file system cannot share the blocks. */
  reflink(from: string, to: string): void;
  /** One more name for the file (not for what a link leads to). */
  hardLink(from: string, to: string): void;
  /** @param to What the link says; it need not be there. */
  symbolicLink(to: string, path: string): void;
  rename(from: string, to: string): void;
  /** A file or a whole tree, never following a link; nothing happens where there is nothing. */
  remove(path: string): void;
  /** With its parents; nothing happens where it exists. */
  makeDirectory(path: string): void;
  chmod(path: string, mode: number): void;
  readLink(path: string): string;
  /** With every link on the way followed. */
  realPath(path: string): string;
  /** Flushes a file, or a directory's entries, to the device. */
  sync(path: string): void;
  /** Flushes everything on the file system that holds `path`; false where that cannot be had in one go. */
  syncAll(path: string): boolean;
  /** A path in `directory` that no other call or process gets; `isTemporaryName` knows its name. */
  temporaryPath(directory: string): string;
  /** The clock that stamps files, nanoseconds since 1970. */
  clockNs(): bigint;
  /** Blocks; serves to let time stamps age. */
  sleep(milliseconds: number): void;
}
