/**
 * Digests of many files at once: from the memo where the stat is known, else by reading.
 *
 * @module
 */

import type { FileHash, FileStat, FileSystem } from '../core/index.ts';
import { letSettle, stampOf } from './settled.ts';
import type { StatMemo } from './stat-memo.ts';

export interface StattedFile {
  readonly path: string;
  /** Links followed. */
  readonly stat: FileStat;
}

/** In the order of the files. Feeds the memo. */
export function hashBatch(
  fs: FileSystem,
  memo: StatMemo,
  files: readonly StattedFile[],
): readonly FileHash[] {
  const results = files.map(({ path, stat }): FileHash | undefined => {
    const digest = memo.get(path, stat);
    return digest === undefined ? undefined : { digest, sizeBytes: stat.sizeBytes };
  });
  const unknown = files.filter((_, i) => results[i] === undefined);
  if (unknown.length === 0) return results as readonly FileHash[];
  const read = readBatch(fs, memo, unknown);
  let next = 0;
  return results.map((result) => result ?? read[next++]!);
}

function readBatch(fs: FileSystem, memo: StatMemo, files: readonly StattedFile[]): readonly FileHash[] {
  letSettle(
    fs,
    files.map(({ stat }) => ({ sizeBytes: stat.sizeBytes, stampNs: stampOf(stat) })),
  );
  // The stat may be older: of a file that changed since then it is none that the memo will ever be asked for.
  const readAtNs = fs.clockNs();
  const hashes = fs.hashFiles(files.map(({ path, stat }) => ({ path, sizeBytes: stat.sizeBytes })));
  files.forEach(({ path, stat }, i) => {
    const { digest, sizeBytes } = hashes[i]!;
    if (sizeBytes === stat.sizeBytes) memo.set(path, stat, digest, readAtNs);
  });
  return hashes;
}
