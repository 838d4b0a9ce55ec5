/**
 * `push` and `fetch`: the objects of outs, between the cache and remotes.
 *
 * @module
 */

import { join } from 'node:path';
import {
  type Digest,
  err,
  fetchObjects,
  fetchRuns,
  ok,
  pushObjects,
  pushRuns,
  type Remote,
  RemoteError,
  type Result,
  type TransferFailure,
  type TransferProgress,
} from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type OpenedRemote, type OpenRemoteOptions, openRemote, type Workspace } from '../workspace/index.ts';
import type { UsedObjects } from './used-objects.ts';

/** Without a `name` the remote is that of each out, else the default one. */
export interface TransferStagesOptions extends OpenRemoteOptions {
  readonly direction: 'push' | 'fetch';
  readonly withRunCache: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
  /** Which members of a tree are fetched with it; all unless given. A push takes all: no tree is to stand without them. */
  readonly isMember?: ((tree: Digest, path: string) => boolean) | undefined;
}

export interface TransferReport {
  /** Objects and run-cache entries that went or came. */
  readonly moved: number;
  /** What could not: nothing is lost by it, and the next time goes on. */
  readonly failures: readonly Diagnostic[];
  /** What neither the cache nor the remote has, and the trees that lack it. */
  readonly missing: readonly Diagnostic[];
}

export async function transferStages(
  workspace: Workspace,
  used: UsedObjects,
  options: TransferStagesOptions,
): Promise<Result<TransferReport, readonly Diagnostic[]>> {
  const groups = new Map<string | undefined, Set<Digest>>();
  if (options.withRunCache || used.size === 0) groups.set(options.name, new Set());
  for (const [name, digests] of used) {
    const remote = options.name ?? name;
    groups.set(remote, new Set([...(groups.get(remote) ?? []), ...digests]));
  }
  let moved = 0;
  const failures: Diagnostic[] = [];
  const missing: Diagnostic[] = [];
  for (const [name, digests] of groups) {
    const opened = await openRemote(workspace.config, { ...options, name });
    if (!opened.ok) return err([opened.error]);
    try {
      const done = await transferObjects(workspace, opened.value, digests, options);
      moved += done.moved.length;
      for (const failure of done.failed) {
        const diagnostic = failureDiagnostic(failure, options.direction);
        (failure.reason.kind === 'missing' ? missing : failures).push(diagnostic);
      }
      if (options.withRunCache && name === options.name)
        moved += await transferRuns(workspace, opened.value, options);
    } catch (error) {
      return err([asRemoteDiagnostic(opened.value.remote, error)]);
    } finally {
      opened.value.remote.close();
      workspace.memo.save();
    }
  }
  return ok({ moved, failures, missing });
}

function transferObjects(
  { store }: Workspace,
  { remote, jobs }: OpenedRemote,
  digests: Iterable<Digest>,
  { direction, signal, onProgress, isMember }: TransferStagesOptions,
): ReturnType<typeof pushObjects> {
  const transfer = direction === 'push' ? pushObjects : fetchObjects;
  return transfer(store, remote, digests, { jobs, signal, onProgress, isMember });
}

function transferRuns(
  { fs, config, runCache }: Workspace,
  { remote, jobs }: OpenedRemote,
  { direction, signal, onProgress }: TransferStagesOptions,
): Promise<number> {
  const directory = join(config.cache.directory, 'runs');
  const how = { jobs, signal, onProgress };
  if (direction === 'fetch') return fetchRuns(fs, directory, remote, how);
  const names = runCache.list().map(({ path }) => path.slice(directory.length + 1));
  return pushRuns(fs, directory, remote, names, how);
}

export const failureDiagnostic = (
  { digest, reason }: TransferFailure,
  direction: TransferStagesOptions['direction'],
): Diagnostic => ({
  code: 'E_TRANSFER',
  message: `Cannot ${direction} ${digest}: ${reason.message}`,
  hint:
    reason.kind === 'missing'
      ? direction === 'push'
        ? 'make it again with "dvc-like repro", or fetch it from where it is'
        : 'push it from where it was made, or make it again with "dvc-like repro"'
      : 'try again: what arrived is kept',
});

/** @throws What no remote has thrown. */
export function asRemoteDiagnostic(remote: Remote, error: unknown): Diagnostic {
  if (!(error instanceof RemoteError)) throw error;
  const message =
    error.kind === 'cancelled' ? `The transfer with ${remote.url} was cancelled` : error.message;
  return { code: 'E_REMOTE', message, hint: HINTS[error.kind] };
}

const HINTS: Readonly<Record<RemoteError['kind'], string>> = {
  unreachable: 'look at its URL and at the network, then try again: what arrived is kept',
  denied: 'look at the credentials and at what they may do',
  'no-credentials': 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or "dvc-like remote modify"',
  'no-place': 'create it, or correct the URL with "dvc-like remote modify"',
  missing: 'push it from where it was made',
  damaged: 'make it again with "dvc-like repro"',
  io: 'see whether the disk is full and whether it may be written, then try again',
  cancelled: 'run it again: it goes on where it was',
};
