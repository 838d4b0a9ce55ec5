/**
 * The FileSystem port: everything that the cache and the engine do to files passes through it, so that tests can
 * record the order of writes, syncs and renames, and inject faults.
 *
 * Calls are synchronous and throw Node's errors (`code === 'ENOENT'`). Paths are absolute.
 *
 * @module
 */

/** What identifies one state of a file without reading it. Times in nanoseconds. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly inode: bigint;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Permission bits, `0o7777`. */
  readonly mode: number;
}

export interface FileSystem {
  /** Not following links; undefined where there is nothing. */
  lstat(path: string): FileStat | undefined;
  /** Following links; undefined where there is nothing (or a dangling link). */
  stat(path: string): FileStat | undefined;
  readFile(path: string): Buffer;
  /** Names in no particular order. */
  readDirectory(path: string): readonly { readonly name: string; readonly kind: FileStat['kind'] }[];
  /** Creates (never overwrites: `EEXIST`) and writes whole. */
  createFile(path: string, bytes: Uint8Array | string, mode: number): void;
  appendFile(path: string, bytes: Uint8Array | string): void;
  /** Reflink where the file system can, else a copy. The target must not exist. */
  copyFile(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** A file or a whole tree; nothing happens where there is nothing. */
  remove(path: string): void;
  makeDirectory(path: string): void;
  chmod(path: string, mode: number): void;
  readLink(path: string): string;
  /** Flushes a file, or a directory's entries, to the device. */
  sync(path: string): void;
}
