/**
 * The run cache, to and from a remote: its entries are files, in the same layout on both sides. An entry goes as it is; whose
 * objects are not there it is passed over when it is read.
 *
 * @module
 */

import { join } from 'node:path';
import { type FileSystem, writeFileWhole } from '../core/index.ts';
import { RUNS } from './layout.ts';
import { forEachAtOnce } from './pool.ts';
import type { Remote } from './remote.ts';
import type { TransferOptions } from './transfer.ts';

const ENTRY = /^runs\/([0-9a-f]{2})\/\1[0-9a-f]{62}\/[0-9a-f]{64}$/;

/** @param directory Of the run cache. @returns How many entries were sent. */
export async function pushRuns(
  fs: FileSystem,
  directory: string,
  remote: Remote,
  names: readonly string[],
  { jobs, signal }: TransferOptions,
): Promise<number> {
  const there = await namesIn(remote, signal);
  const missing = names.filter((name) => !there.has(`${RUNS}${name}`));
  await forEachAtOnce(missing, jobs, (name) => {
    const path = join(directory, name);
    const sizeBytes = fs.stat(path)?.sizeBytes ?? 0;
    return remote.write(`${RUNS}${name}`, { path, sizeBytes, md5: undefined }, signal);
  });
  return missing.length;
}

/** @returns How many entries came. */
export async function fetchRuns(
  fs: FileSystem,
  directory: string,
  remote: Remote,
  { jobs, signal }: TransferOptions,
): Promise<number> {
  const there = await namesIn(remote, signal);
  const missing = [...there].filter(
    (name) => fs.lstat(join(directory, name.slice(RUNS.length))) === undefined,
  );
  await forEachAtOnce(missing.sort(), jobs, async (name) => {
    const pieces: Uint8Array[] = [];
    for await (const bytes of await remote.read(name, 0, signal)) pieces.push(bytes);
    writeFileWhole(fs, join(directory, name.slice(RUNS.length)), Buffer.concat(pieces));
  });
  return missing.length;
}

async function namesIn(remote: Remote, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { name } of remote.list(RUNS, signal)) if (ENTRY.test(name)) names.add(name);
  return names;
}
