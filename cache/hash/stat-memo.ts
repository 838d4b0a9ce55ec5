/**
 * The stat memo: digests of files by path and stat, so that what did not change is not read again.
 *
 * It is only ever a shortcut: losing it costs time, and it holds nothing that a later change could leave standing
 * (see settled.ts). The file is one line of header with the MD5 of the rest, then a line for each path; what does not
 * check out is an empty memo.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import {
  type Digest,
  type FileStat,
  type FileSystem,
  isDigest,
  isSystemError,
  isTreeDigest,
  replaceFile,
} from '../core/index.ts';
import { isSettled, stampOf } from './settled.ts';

export interface StatMemo {
  /** The digest of the bytes of the file at `path`, which now has this stat; undefined if unknown. */
  get(path: string, stat: FileStat): Digest | undefined;
  /**
   * What reading the file gave. Not remembered if the file was young.
   *
   * @param stat As it was before the reading began.
   * @param readAtNs `fs.clockNs()` from before the reading, too.
   */
  set(path: string, stat: FileStat, digest: Digest, readAtNs: bigint): void;
  /**
   * What we wrote ourselves under a name that nobody knows, and then renamed to `path`. Only the stamp of the writing
   * counts, not that of the renaming.
   *
   * @param stat As it is after the renaming.
   * @param placedAtNs `fs.clockNs()` from before the renaming.
   */
  setPlaced(path: string, stat: FileStat, digest: Digest, placedAtNs: bigint): void;
  /** Writes the file if there is something new. */
  save(): void;
}

interface Entry {
  readonly signature: string;
  readonly digest: Digest;
}

const HEADER = 'dvc-like-stat-memo-1 ';
/** Beyond this, what was not asked for since loading is dropped. */
const MAX_ENTRIES = 500_000;

/** Loads `file` when it is first needed. A missing or broken file is an empty memo. */
export function openStatMemo(fs: FileSystem, file: string): StatMemo {
  let loaded: Map<string, Entry> | undefined;
  const used = new Set<string>();
  let isDirty = false;

  const entries = (): Map<string, Entry> => {
    loaded ??= parse(read(fs, file));
    return loaded;
  };
  const remember = (path: string, stat: FileStat, digest: Digest, isSafe: boolean): void => {
    if (isTreeDigest(digest)) throw new RangeError(`Not the digest of a file: "${digest}"`);
    used.add(path);
    const signature = signatureOf(stat);
    const known = entries().get(path);
    if (!isSafe || stat.kind !== 'file' || path.includes('\n')) {
      if (entries().delete(path)) isDirty = true;
    } else if (known?.signature !== signature || known.digest !== digest) {
      entries().set(path, { signature, digest });
      isDirty = true;
    }
  };

  return {
    get: (path, stat) => {
      const entry = entries().get(path);
      if (entry === undefined) return undefined;
      used.add(path);
      return entry.signature === signatureOf(stat) ? entry.digest : undefined;
    },
    set: (path, stat, digest, readAtNs) => {
      remember(path, stat, digest, isSettled(stampOf(stat), readAtNs));
    },
    setPlaced: (path, stat, digest, placedAtNs) => {
      remember(path, stat, digest, isSettled(stat.mtimeNs, placedAtNs));
    },
    save: () => {
      if (!isDirty) return;
      const all = [...entries()];
      const kept = all.length > MAX_ENTRIES ? all.filter(([path]) => used.has(path)) : all;
      replaceFile(fs, file, format(kept));
      isDirty = false;
    },
  };
}

const signatureOf = (stat: FileStat): string =>
  `${stat.inode}:${stat.sizeBytes}:${stat.mtimeNs}:${stat.ctimeNs}`;

function read(fs: FileSystem, file: string): string {
  try {
    return fs.readFile(file).toString('utf8');
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

function format(entries: readonly (readonly [string, Entry])[]): string {
  const body = entries.map(([path, { signature, digest }]) => `${digest} ${signature} ${path}\n`).join('');
  return `${HEADER}${checksum(body)}\n${body}`;
}

function parse(text: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const headerEnd = text.indexOf('\n') + 1;
  const body = text.slice(headerEnd);
  if (text.slice(0, headerEnd) !== `${HEADER}${checksum(body)}\n`) return entries;
  for (const line of body.split('\n')) {
    const pathStart = line.indexOf(' ', 33) + 1;
    const digest = line.slice(0, 32);
    if (pathStart > 0 && isDigest(digest)) {
      entries.set(line.slice(pathStart), { signature: line.slice(33, pathStart - 1), digest });
    }
  }
  return entries;
}

const checksum = (body: string): string => createHash('md5').update(body).digest('hex');
