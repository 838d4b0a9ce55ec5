/**
 * The remote that a person means, opened.
 *
 * @module
 */

import { err, ok, openDirectoryRemote, openS3Remote, type Remote, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import type { Config, RemoteConfig } from '../project/index.ts';

export interface OpenRemoteOptions {
  /** Undefined for the default one. */
  readonly name: string | undefined;
  readonly jobs: number | undefined;
  /** Tells the temporary files of processes apart. */
  readonly processName: string;
}

export interface OpenedRemote {
  readonly remote: Remote;
  readonly name: string;
  /** Transfers at once. */
  readonly jobs: number;
}

/** What a remote says nothing of: transfers wait more than they compute. */
const DEFAULT_JOBS = 16;

export async function openRemote(
  config: Config,
  options: OpenRemoteOptions,
): Promise<Result<OpenedRemote, Diagnostic>> {
  const found = remoteConfig(config, options.name);
  if (!found.ok) return found;
  const { name } = found.value;
  const jobs = options.jobs ?? found.value.jobs ?? DEFAULT_JOBS;
  const unsupported = unsupportedReason(found.value);
  if (unsupported !== undefined) return err(unsupported);
  const remote = await connect(found.value, jobs, options.processName);
  return remote === undefined ? err(otherKind(found.value)) : ok({ remote, name, jobs });
}

async function connect(config: RemoteConfig, jobs: number, processName: string): Promise<Remote | undefined> {
  switch (config.kind) {
    case 'directory':
      return openDirectoryRemote({ directory: config.path, processName, isShared: config.isShared });
    case 's3':
      return openS3Remote({ ...config, jobs });
    case 'other':
      return undefined;
  }
}

function remoteConfig(
  { remotes, core }: Config,
  wanted: string | undefined,
): Result<RemoteConfig, Diagnostic> {
  const name = (wanted ?? core.remote)?.toLowerCase();
  const names = [...remotes.keys()];
  if (name === undefined) {
    return err({
      code: 'E_NO_REMOTE',
      message: names.length === 0 ? 'There is no remote' : 'No remote is the default one',
      hint:
        names.length === 0
          ? 'add one: "dvc-like remote add -d storage s3://bucket/path"'
          : `name one with -r, or make one the default: "dvc-like remote default ${names[0]!}"`,
    });
  }
  const found = remotes.get(name);
  if (found !== undefined) return ok(found);
  return err({
    code: 'E_NO_REMOTE',
    message: `There is no remote "${wanted ?? name}"`,
    hint: didYouMean(name, names) ?? `"dvc-like remote list" lists them`,
  });
}

function unsupportedReason(config: RemoteConfig): Diagnostic | undefined {
  const key = config.isVersionAware ? 'version_aware' : config.isWorktree ? 'worktree' : undefined;
  if (key === undefined) return undefined;
  return {
    code: 'E_REMOTE_KIND',
    message: `Remote "${config.name}" has "${key}", which is not supported`,
    place: config.place,
    hint: 'unset it: objects are then kept by their digests',
  };
}

const otherKind = (config: RemoteConfig): Diagnostic => ({
  code: 'E_REMOTE_KIND',
  message: `Remote "${config.name}" is at "${config.url}": only directories and S3 are supported`,
  place: config.place,
  hint: 'use DVC for this remote, or add one in a directory or in S3',
});
