/**
 * What the cache and a remote have of the outs of stages.
 *
 * @see DVC 3.67.1, `dvc status --cloud`
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
import type { RecordedOut } from './used-objects.ts';

/** `new`: only in the cache; `deleted`: only in the remote; `missing`: in neither. */
export type CloudStatus = 'new' | 'deleted' | 'missing';

/**
 * By path, seen from the root: outs, and the files in those that are directories. What both have is left out.
 *
 * @param recorded Of any versions: of a path that several of them record, the worst is said.
 */
export async function cloudStatus(
  workspace: Workspace,
  recorded: readonly RecordedOut[],
  options: OpenRemoteOptions & Pick<TransferOptions, 'signal'>,
): Promise<Result<ReadonlyMap<string, CloudStatus>, readonly Diagnostic[]>> {
  const outs = pushedOuts(recorded);
  if (outs.length === 0) return ok(new Map());
  const opened = await openRemote(workspace.config, options);
  if (!opened.ok) return err([opened.error]);
  const { remote, jobs } = opened.value;
  const how: TransferOptions = { jobs, signal: options.signal, onProgress: () => undefined };
  try {
    await fetchTrees(workspace.store, remote, outs.map(([, digest]) => digest).filter(isTreeDigest), how);
    const files = outs.flatMap(([path, digest]): [string, Digest][] => {
      const tree = isTreeDigest(digest) ? workspace.store.readTree(digest) : undefined;
      const members = tree?.ok ? tree.value : [];
      return [
        [path, digest],
        ...members.map((entry): [string, Digest] => [`${path}/${entry.path}`, entry.digest]),
      ];
    });
    const digests = [...new Set(files.map(([, digest]) => digest))];
    const there = await presentIn(remote, digests, how);
    const lacking = new Set(workspace.store.lacking(digests));
    const found = new Map<string, CloudStatus>();
    for (const [path, digest] of files) {
      const [isHere, isThere] = [!lacking.has(digest), there.has(digest)];
      if (isHere && isThere) continue;
      const state = isHere ? 'new' : isThere ? 'deleted' : 'missing';
      const before = found.get(path);
      if (before === undefined || BADNESS[state] > BADNESS[before]) found.set(path, state);
    }
    return ok(found);
  } catch (error) {
    return err([asRemoteDiagnostic(remote, error)]);
  } finally {
    remote.close();
  }
}

const BADNESS: Readonly<Record<CloudStatus, number>> = { deleted: 0, new: 1, missing: 2 };

const pushedOuts = (recorded: readonly RecordedOut[]): readonly [string, Digest][] =>
  recorded.flatMap(({ out, locked: { digest }, at }): [string, Digest][] =>
    digest !== undefined && out.push ? [[at.path, digest]] : [],
  );
