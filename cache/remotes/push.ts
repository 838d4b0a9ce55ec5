/**
 * Store -> remote.
 *
 * A tree goes after all its members: whatever interrupts a push, no directory object stands in the remote that names a file
 * which is not there. What arrives is checked by its MD5.
 *
 * @module
 */

import { bytesDigest, type Digest, isTreeDigest } from '../core/index.ts';
import type { ObjectStore } from '../objects/index.ts';
import { objectName } from './layout.ts';
import { forEachAtOnce } from './pool.ts';
import type { Remote } from './remote.ts';
import { RemoteError } from './remote-error.ts';
import {
  failureOf,
  presentIn,
  type TransferFailure,
  type TransferOptions,
  type Transferred,
} from './transfer.ts';

/** Where objects are taken from. */
type PushedObjects = Pick<ObjectStore, 'readTree' | 'pathOf' | 'sizeOf'>;

/**
 * @param digests Of files and trees; of a tree all members go with it.
 * @throws {RemoteError} What no other file would be spared: no connection, no permission.
 */
export async function pushObjects(
  store: PushedObjects,
  remote: Remote,
  digests: Iterable<Digest>,
  options: TransferOptions,
): Promise<Transferred> {
  const failed: TransferFailure[] = [];
  const files = new Set<Digest>();
  /** Undefined where the store does not know the members: that is no harm if the remote has the tree. */
  const trees = new Map<Digest, readonly Digest[] | undefined>();
  for (const digest of new Set(digests)) {
    if (!isTreeDigest(digest)) {
      files.add(digest);
      continue;
    }
    const tree = store.readTree(digest);
    const members = tree.ok ? tree.value.map((entry) => entry.digest) : undefined;
    trees.set(digest, members);
    for (const member of members ?? []) files.add(member);
  }
  const present = await presentIn(remote, [...files, ...trees.keys()], options);
  const moved: Digest[] = [];
  const missing = [...files, ...trees.keys()].filter((digest) => !present.has(digest));
  let bytesDone = 0;
  const progress = (): void => {
    options.onProgress({ files: missing.length, filesDone: moved.length, bytesDone });
  };
  progress();
  const send = async (digest: Digest): Promise<void> => {
    try {
      bytesDone += await sendObject(store, remote, digest, options.signal);
      moved.push(digest);
      progress();
    } catch (error) {
      failed.push(failureOf(digest, error));
    }
  };
  await forEachAtOnce(
    missing.filter((digest) => !isTreeDigest(digest)),
    options.jobs,
    send,
  );
  const lacking = new Set(failed.map(({ digest }) => digest));
  await forEachAtOnce(
    [...trees].filter(([tree]) => !present.has(tree)),
    options.jobs,
    async ([tree, members]) => {
      if (members === undefined) failed.push({ digest: tree, reason: notHere(tree) });
      else if (members.some((member) => lacking.has(member)))
        failed.push({ digest: tree, reason: incomplete(tree) });
      else await send(tree);
    },
  );
  return { moved, present: present.size, failed };
}

async function sendObject(
  store: PushedObjects,
  remote: Remote,
  digest: Digest,
  signal: AbortSignal,
): Promise<number> {
  const path = store.pathOf(digest);
  const sizeBytes = store.sizeOf(digest);
  if (sizeBytes === undefined) throw notHere(digest);
  await remote.write(objectName(digest), { path, sizeBytes, md5: bytesDigest(digest) }, signal);
  return sizeBytes;
}

const notHere = (digest: Digest): RemoteError =>
  new RemoteError('missing', `The cache has no object ${digest}`);

const incomplete = (digest: Digest): RemoteError =>
  new RemoteError('missing', `Not all files of the directory ${digest} could be sent`);
