/**
 * `data status`: the data since the last commit, and since it was recorded.
 *
 * @module
 */

import { posix } from 'node:path';
import { type Digest, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type DataStatusOptions, dataStatus, sharedData, type TrackedItem } from '../data/index.ts';
import { hasCommits, untrackedByGit } from '../project/index.ts';
import { dataStatusJson, dataStatusText } from '../report/index.ts';
import { inRemotes } from '../run/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { pipelineAt } from './diff.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { remoteOptions } from './remote-options.ts';
import { printJson, type Terminal } from './terminal.ts';
import { fromCwd, toCwd } from './value-flags.ts';

export interface DataStatusFlags {
  readonly granular?: true;
  readonly unchanged?: true;
  /** `true` without a word. */
  readonly untrackedFiles?: true | 'all' | 'no';
  readonly notInRemote?: true;
  readonly remote?: string;
  readonly json?: true;
}

export async function showDataStatus(
  terminal: Terminal,
  targets: readonly string[],
  flags: DataStatusFlags,
): Promise<number> {
  const opened = await openForReading(terminal);
  if (!opened.ok) return fail(terminal, opened.error);
  const { project } = opened.value;
  const head = hasCommits(project.root) ? pipelineAt(opened.value, 'HEAD') : ok(undefined);
  if (!head.ok) return fail(terminal, head.error);
  const paths = targets.map((path) => posix.normalize(fromCwd(terminal, project, path)));
  const untracked = untrackedByGit(project.root);
  const how = { isGranular: flags.granular === true, targets: paths.length === 0 ? undefined : paths };
  const status = dataStatus(opened.value, untracked === undefined ? 'no git' : head.value, how);
  const unshared = flags.notInRemote ? await notInRemote(terminal, opened.value, how, flags.remote) : ok([]);
  if (!unshared.ok) return fail(terminal, unshared.error);
  const asked = flags.untrackedFiles !== undefined && flags.untrackedFiles !== 'no';
  const shown = dataStatusJson(status, {
    notInRemote: unshared.value,
    untracked: asked ? (untracked ?? []).map((path) => toCwd(terminal, project, path)) : [],
    withUnchanged: flags.unchanged === true,
  });
  if (flags.json) printJson(terminal, shown);
  else terminal.out(dataStatusText(shown));
  return EXIT.done;
}

async function notInRemote(
  terminal: Terminal,
  workspace: Workspace,
  how: DataStatusOptions,
  remote: string | undefined,
): Promise<Result<readonly TrackedItem[], readonly Diagnostic[]>> {
  const { project, config } = workspace;
  const hasDefault = remote !== undefined || config.core.remote !== undefined || project.dialect === 'native';
  // Where there is no remote for it, DVC does not miss it there.
  const shared = sharedData(workspace, how).filter((item) => item.remote !== undefined || hasDefault);
  const used = new Map<string | undefined, Set<Digest>>();
  for (const item of shared) used.set(item.remote, (used.get(item.remote) ?? new Set()).add(item.digest));
  const there = await inRemotes(workspace, used, {
    ...remoteOptions(remote),
    bringsTrees: false,
    signal: terminal.interrupted(),
  });
  return there.ok ? ok(shared.filter(({ digest }) => !there.value.has(digest))) : there;
}
