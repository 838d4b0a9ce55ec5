/**
 * Garbage in a remote: objects that nothing keeps.
 *
 * @module
 */

import {
  type Digest,
  digestOfName,
  err,
  fetchTrees,
  isTreeDigest,
  OBJECTS,
  objectName,
  ok,
  type Result,
  type StoredObject,
  type TransferOptions,
} from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type OpenRemoteOptions, openRemote, type Workspace } from '../workspace/index.ts';
import { asRemoteDiagnostic, failureDiagnostic } from './transfer-stages.ts';

export interface RemoteGarbageOptions extends OpenRemoteOptions, Pick<TransferOptions, 'signal'> {
  /** Digests that are kept; of a tree whose members are not known here, those are asked for. */
  readonly kept: ReadonlySet<Digest>;
  readonly isDry: boolean;
}

/** @returns What was removed, or would be. Nothing is, while it is not known what a kept tree holds. */
export async function removeRemoteGarbage(
  workspace: Workspace,
  options: RemoteGarbageOptions,
): Promise<Result<readonly StoredObject[], readonly Diagnostic[]>> {
  const opened = await openRemote(workspace.config, options);
  if (!opened.ok) return err([opened.error]);
  const { remote, jobs } = opened.value;
  const { signal } = options;
  try {
    const trees = [...options.kept].filter(isTreeDigest);
    const how = { jobs, signal, onProgress: () => undefined };
    const { failed } = await fetchTrees(workspace.store, remote, trees, how);
    if (failed.length > 0) return err(failed.map((failure) => failureDiagnostic(failure, 'fetch')));
    const kept = new Set(options.kept);
    for (const tree of trees) {
      const members = workspace.store.readTree(tree);
      if (members.ok) for (const { digest } of members.value) kept.add(digest);
    }
    const removed: StoredObject[] = [];
    for await (const { name, sizeBytes } of remote.list(OBJECTS, signal)) {
      const digest = digestOfName(name);
      if (digest !== undefined && !kept.has(digest)) removed.push({ digest, sizeBytes });
    }
    // A directory object goes before its members: it must not name what is not there.
    removed.sort((a, b) => Number(isTreeDigest(b.digest)) - Number(isTreeDigest(a.digest)));
    if (!options.isDry) for (const { digest } of removed) await remote.remove(objectName(digest), signal);
    return ok(removed);
  } catch (error) {
    return err([asRemoteDiagnostic(remote, error)]);
  } finally {
    remote.close();
  }
}
