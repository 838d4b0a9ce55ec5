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
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { type OpenRemoteOptions, openRemote, type Workspace } from '../workspace/index.ts';
import { asRemoteDiagnostic } from './transfer-stages.ts';

/** `new`: only in the cache; `deleted`: only in the remote; `missing`: in neither. */
export type CloudStatus = 'new' | 'deleted' | 'missing';

/** By path, seen from the root: outs, and the files in those that are directories. What both have is left out. */
export async function cloudStatus(
  workspace: Workspace,
  names: readonly string[],
  options: OpenRemoteOptions & Pick<TransferOptions, 'signal'>,
): Promise<Result<ReadonlyMap<string, CloudStatus>, readonly Diagnostic[]>> {
  const outs = cachedOuts(workspace, names);
  if (outs.size === 0) return ok(new Map());
  const opened = await openRemote(workspace.config, options);
  if (!opened.ok) return err([opened.error]);
  const { remote, jobs } = opened.value;
  const how: TransferOptions = { jobs, signal: options.signal, onProgress: () => undefined };
  try {
    await fetchTrees(workspace.store, remote, [...outs.values()].filter(isTreeDigest), how);
    const files = new Map(
      [...outs].flatMap(([path, digest]): [string, Digest][] => {
        const tree = isTreeDigest(digest) ? workspace.store.readTree(digest) : undefined;
        const members = tree?.ok ? tree.value : [];
        return [
          [path, digest],
          ...members.map((entry): [string, Digest] => [`${path}/${entry.path}`, entry.digest]),
        ];
      }),
    );
    const there = await presentIn(remote, [...new Set(files.values())], how);
    const lacking = new Set(workspace.store.lacking([...files.values()]));
    return ok(
      new Map(
        [...files].flatMap(([path, digest]): [string, CloudStatus][] => {
          const [isHere, isThere] = [!lacking.has(digest), there.has(digest)];
          return isHere === isThere && isHere
            ? []
            : [[path, isHere ? 'new' : isThere ? 'deleted' : 'missing']];
        }),
      ),
    );
  } catch (error) {
    return err([asRemoteDiagnostic(remote, error)]);
  } finally {
    remote.close();
  }
}

function cachedOuts({ pipeline }: Workspace, names: readonly string[]): ReadonlyMap<string, Digest> {
  const { graph, lock } = pipeline;
  return new Map(
    names.flatMap((name) => {
      const stage = graph.stages.get(name)!;
      const cached = new Set(stage.outs.filter(({ cache, push }) => cache && push).map(({ path }) => path));
      const outs = lock.entries.get(name)?.outs ?? [];
      return outs.flatMap(({ path, digest }): [string, Digest][] =>
        digest !== undefined && cached.has(path) ? [[fromRoot(stage.wdir, path), digest]] : [],
      );
    }),
  );
}
