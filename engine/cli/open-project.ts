/**
 * What most commands begin with: the project that the working directory lies in, opened for reading or for work.
 *
 * @module
 */

import { join } from 'node:path';
import { err, type FileSystem, nodeFileSystem, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import {
  findProject,
  lockRepository,
  makeHome,
  type Project,
  type RepositoryLock,
  stateDirectory,
} from '../project/index.ts';
import { type Reporter, recover, removeLeftovers } from '../run/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { configDirectories } from './config-directories.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

const LOCK_WAIT_MS = 5000;

/** How long a command waits for another one to end. */
export const lockWaitMs = (terminal: Terminal, { waitMs }: WorkOptions): number =>
  waitMs ?? (terminal.waitsForLock ? Number.POSITIVE_INFINITY : LOCK_WAIT_MS);

type Opened<T> = Result<T, readonly Diagnostic[]>;

/** Edits what is to be opened, before it is read. @returns The file system to read it from. */
type Prepare = (project: Project) => Result<FileSystem, readonly Diagnostic[]>;

interface ReadOptions {
  readonly prepare?: Prepare;
  /** See `openWorkspace`. */
  readonly isUnchecked?: boolean;
  readonly isPassedOver?: (path: string, project: Project) => boolean;
}

/** For commands that change nothing. */
export async function openForReading(
  terminal: Terminal,
  { prepare = () => ok(nodeFileSystem), isUnchecked, isPassedOver }: ReadOptions = {},
): Promise<Opened<Workspace>> {
  const project = findProject(terminal.cwd);
  if (project === undefined) return err([noProject(terminal)]);
  const fs = prepare(project);
  return fs.ok
    ? openWorkspace(fs.value, project, {
        configDirectories: configDirectories(),
        onCorrupt: () => undefined,
        isUnchecked,
        isPassedOver: isPassedOver && ((path) => isPassedOver(path, project)),
      })
    : fs;
}

export interface WorkOptions extends ReadOptions {
  readonly waitMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** For commands that write: alone in the repository, after what a killed run left is put in order. */
export const openForWork = <T>(
  terminal: Terminal,
  report: Reporter,
  options: WorkOptions,
  work: (workspace: Workspace) => Promise<T>,
): Promise<Opened<T>> =>
  openForEditing(terminal, report, options, async (project, hasRecovered) => {
    const fs = options.prepare?.(project) ?? ok(nodeFileSystem);
    if (!fs.ok) return fs;
    const onCorrupt = (digest: string): void => {
      report({ kind: 'corrupt-object', digest });
    };
    const workspace = await openWorkspace(fs.value, project, {
      configDirectories: configDirectories(),
      onCorrupt,
      isUnchecked: options.isUnchecked,
    });
    if (!workspace.ok) return workspace;
    if (hasRecovered) removeLeftovers(workspace.value);
    return ok(await work(workspace.value));
  });

/** The same for commands that only edit the project's files, whether or not they make a pipeline. */
export async function openForEditing<T>(
  terminal: Terminal,
  report: Reporter,
  options: WorkOptions,
  work: (project: Project, hasRecovered: boolean) => Promise<Opened<T>>,
): Promise<Opened<T>> {
  const project = findProject(terminal.cwd);
  if (project === undefined) return err([noProject(terminal)]);
  makeHome(nodeFileSystem, project);
  nodeFileSystem.makeDirectory(stateDirectory(project));
  const lock = await lockProject(project, report, { ...options, waitMs: lockWaitMs(terminal, options) });
  if (!lock.ok) return err([lock.error]);
  try {
    return await work(project, await recover(nodeFileSystem, project, report));
  } finally {
    lock.value.release();
  }
}

const lockProject = (
  project: Project,
  report: Reporter,
  { waitMs, signal }: { readonly waitMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Result<RepositoryLock, Diagnostic>> =>
  lockRepository(join(project.home, 'tmp', 'lock'), {
    waitMs,
    signal,
    clock: systemClock,
    pid: process.pid,
    onWait: (holder) => {
      report({ kind: 'waiting-for-lock', holder });
    },
  });

export const noProject = (terminal: Terminal): Diagnostic => ({
  code: 'E_NO_PROJECT',
  message: `There is no "dvc-like.yaml", ".dvc-like/" or ".dvc/" in ${terminal.cwd} or above it`,
  hint: 'go to a project, or create a "dvc-like.yaml" here',
});
