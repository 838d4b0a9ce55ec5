/**
 * `repro --pull`: what is missing comes from the remote before it is made anew.
 *
 * @module
 */

import { type Digest, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { recordedOuts, transferStages, type UsedObjects, usedObjects } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { remoteOptions } from './remote-options.ts';

/**
 * The run cache, and what the lock names of these stages. What the remote does not have is made.
 *
 * @param withoutNews Those of the stages that have nothing to run for but what is missing. In a DVC repository without a
 *   remote it is only they that have to be in the cache.
 */
export async function pullBeforePlan(
  workspace: Workspace,
  names: readonly string[],
  withoutNews: () => readonly string[],
  signal: AbortSignal,
): Promise<Result<undefined, readonly Diagnostic[]>> {
  const fetched = await fetchFor(workspace, usedBy(workspace, names), true, signal);
  if (fetched.ok) return ok(undefined);
  const isEnough =
    workspace.project.dialect === 'dvc' &&
    fetched.error.every(({ code }) => code === 'E_NO_REMOTE') &&
    workspace.store.lacking([...usedBy(workspace, withoutNews()).values()].flatMap((some) => [...some]))
      .length === 0;
  return isEnough ? ok(undefined) : fetched;
}

const usedBy = ({ pipeline }: Workspace, names: readonly string[]): UsedObjects =>
  usedObjects(recordedOuts(pipeline, names));

/** What a run-cache entry names. That it cannot be had is no failure: the stage runs. */
export async function pullObjects(
  workspace: Workspace,
  digests: readonly Digest[],
  signal: AbortSignal,
): Promise<void> {
  await fetchFor(workspace, new Map([[undefined, new Set(digests)]]), false, signal);
}

const fetchFor = (
  workspace: Workspace,
  used: UsedObjects,
  withRunCache: boolean,
  signal: AbortSignal,
): ReturnType<typeof transferStages> =>
  transferStages(workspace, used, {
    ...remoteOptions(undefined),
    direction: 'fetch',
    withRunCache,
    signal,
    onProgress: () => undefined,
  });
