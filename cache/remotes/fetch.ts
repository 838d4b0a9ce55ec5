/**
 * Remote -> store.
 *
 * What arrives is hashed before it becomes an object. What a killed fetch had of a file lies beside the objects under a name
 * made of its digest: the next one goes on from there.
 *
 * @module
 */

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesDigest, type Digest, isErrno, isTreeDigest, temporaryName } from '../core/index.ts';
import type { ObjectStore } from '../objects/index.ts';
import { objectName } from './layout.ts';
import { forEachAtOnce } from './pool.ts';
import type { Remote } from './remote.ts';
import { RemoteError } from './remote-error.ts';
import { failureOf, type TransferFailure, type TransferOptions, type Transferred } from './transfer.ts';

export interface FetchOptions extends TransferOptions {
  /** Which members of a tree come with it; all unless given. */
  readonly isMember?: ((tree: Digest, path: string) => boolean) | undefined;
}

/** Objects take their names together, so many at a time: each time costs a sync. */
const PLACED_AT_ONCE = 256;

/**
 * @param digests Of files and trees; of a tree its members come with it.
 * @throws {RemoteError} What no other file would be spared: no connection, no permission.
 */
export async function fetchObjects(
  store: ObjectStore,
  remote: Remote,
  digests: Iterable<Digest>,
  options: FetchOptions,
): Promise<Transferred> {
  const { isMember = () => true } = options;
  const all = [...new Set(digests)];
  store.makeDirectory();
  const trees = all.filter(isTreeDigest);
  const first = await fetchMissing(store, remote, trees, options);
  const members = trees.flatMap((tree) => {
    const read = store.readTree(tree);
    return read.ok ? read.value.filter(({ path }) => isMember(tree, path)).map(({ digest }) => digest) : [];
  });
  const files = new Set([...all.filter((digest) => !isTreeDigest(digest)), ...members]);
  const second = await fetchMissing(store, remote, [...files], options);
  return {
    moved: [...second.moved, ...first.moved],
    present: first.present + second.present,
    failed: [...first.failed, ...second.failed],
  };
}

/** Only what these digests name: of a tree its directory object, by which its members are known. */
export async function fetchTrees(
  store: ObjectStore,
  remote: Remote,
  trees: readonly Digest[],
  options: TransferOptions,
): Promise<Transferred> {
  store.makeDirectory();
  return fetchMissing(store, remote, trees, options);
}

async function fetchMissing(
  store: ObjectStore,
  remote: Remote,
  digests: readonly Digest[],
  { jobs, signal, onProgress }: TransferOptions,
): Promise<Transferred> {
  const missing = store.lacking(digests);
  const failed: TransferFailure[] = [];
  const moved: Digest[] = [];
  const arrived: { readonly digest: Digest; readonly temporary: string }[] = [];
  let filesDone = 0;
  let bytesDone = 0;
  const progress = (): void => {
    onProgress({ files: missing.length, filesDone, bytesDone });
  };
  const place = (): void => {
    const placed = arrived.splice(0);
    store.adopt(placed);
    moved.push(...placed.map(({ digest }) => digest));
  };
  progress();
  try {
    await forEachAtOnce(missing, jobs, async (digest) => {
      const temporary = join(store.directory, temporaryName(`fetch-${bytesDigest(digest)}`));
      try {
        bytesDone += await download(remote, digest, temporary, signal);
        arrived.push({ digest, temporary });
        filesDone += 1;
        progress();
      } catch (error) {
        failed.push(failureOf(digest, error));
      }
      if (arrived.length >= PLACED_AT_ONCE) place();
    });
  } finally {
    place();
  }
  return { moved, present: digests.length - missing.length, failed };
}

/** @returns How many bytes were read from the remote. */
async function download(
  remote: Remote,
  digest: Digest,
  temporary: string,
  signal: AbortSignal,
): Promise<number> {
  const before = await sizeOf(temporary);
  const resumed = await receive(remote, digest, temporary, before, signal);
  if (resumed.isRight) return resumed.sizeBytes;
  await rm(temporary, { force: true });
  // What a killed fetch had left may have been torn.
  const again = before > 0 ? await receive(remote, digest, temporary, 0, signal) : resumed;
  if (again.isRight) return again.sizeBytes;
  await rm(temporary, { force: true });
  throw new RemoteError('damaged', `"${objectName(digest)}" in ${remote.url} is not what its name says`);
}

async function receive(
  remote: Remote,
  digest: Digest,
  temporary: string,
  fromByte: number,
  signal: AbortSignal,
): Promise<{ readonly isRight: boolean; readonly sizeBytes: number }> {
  const hash = createHash('md5');
  if (fromByte > 0) await feed(hash, temporary);
  const target = await open(temporary, 'a', 0o644);
  let sizeBytes = 0;
  try {
    for await (const bytes of await remote.read(objectName(digest), fromByte, signal)) {
      hash.update(bytes);
      await target.write(bytes);
      sizeBytes += bytes.length;
    }
  } catch (error) {
    // Nothing to go on from.
    if (fromByte + sizeBytes === 0) await rm(temporary);
    throw error;
  } finally {
    await target.close();
  }
  return { isRight: hash.digest('hex') === bytesDigest(digest), sizeBytes };
}

async function feed(hash: Hash, path: string): Promise<void> {
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(bytes as Uint8Array);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0;
    throw error;
  }
}
