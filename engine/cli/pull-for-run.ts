/**
 * `repro --pull`: what is missing comes from the remote before it is made anew.
 *
 * @module
 */

import { type Digest, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { transferStages, type UsedObjects, usedObjects } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { remoteOptions } from './remote-options.ts';

/** The run cache, and what the lock names of these stages. What the remote does not have is made. */
export async function pullBeforePlan(
  workspace: Workspace,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Result<undefined, readonly Diagnostic[]>> {
  const used = usedObjects(workspace, names, []);
  if (!used.ok) return used;
  const fetched = await fetchFor(workspace, used.value, true, signal);
  if (fetched.ok) return ok(undefined);
  const digests = [...used.value.values()].flatMap((some) => [...some]);
  const isEnough =
    workspace.project.dialect === 'dvc' &&
    fetched.error.every(({ code }) => code === 'E_NO_REMOTE') &&
    workspace.store.lacking(digests).length === 0;
  return isEnough ? ok(undefined) : fetched;
}

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
