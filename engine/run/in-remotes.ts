/**
 * What remotes have of given objects.
 *
 * @module
 */

import {
  type Digest,
  err,
  fetchTrees,
  isTreeDigest,
  ok,
  presentIn,
  type Result,
  type TransferOptions,
} from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type OpenRemoteOptions, openRemote, type Workspace } from '../workspace/index.ts';
import { asRemoteDiagnostic } from './transfer-stages.ts';
import type { UsedObjects } from './used-objects.ts';

export interface InRemotesOptions extends OpenRemoteOptions, Pick<TransferOptions, 'signal'> {
  /** Trees that the store lacks are brought: their members are not known before. */
  readonly bringsTrees: boolean;
}

/**
 * @param options Without a `name` the remote is that of each object, else the default one.
 * @returns Those of the objects, and of the members of trees as far as they are known, that their remote has.
 */
export async function inRemotes(
  workspace: Workspace,
  used: UsedObjects,
  options: InRemotesOptions,
): Promise<Result<ReadonlySet<Digest>, readonly Diagnostic[]>> {
  const found = new Set<Digest>();
  for (const [name, digests] of used) {
    const opened = await openRemote(workspace.config, { ...options, name: options.name ?? name });
    if (!opened.ok) return err([opened.error]);
    const { remote, jobs } = opened.value;
    const how: TransferOptions = { jobs, signal: options.signal, onProgress: () => undefined };
    try {
      if (options.bringsTrees)
        await fetchTrees(workspace.store, remote, [...digests].filter(isTreeDigest), how);
      const all = new Set([...digests].flatMap((digest) => withMembers(workspace, digest)));
      for (const digest of await presentIn(remote, [...all], how)) found.add(digest);
    } catch (error) {
      return err([asRemoteDiagnostic(remote, error)]);
    } finally {
      remote.close();
    }
  }
  return ok(found);
}

function withMembers({ store }: Workspace, digest: Digest): readonly Digest[] {
  const tree = isTreeDigest(digest) ? store.readTree(digest) : undefined;
  return [digest, ...(tree?.ok ? tree.value.map((member) => member.digest) : [])];
}
