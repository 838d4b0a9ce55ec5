/**
 * The engine in this process, over a FileSystem that a test gives it.
 *
 * @module
 */

import { type FileSystem, nodeFileSystem } from '../../cache/index.ts';
import { findProject } from '../../engine/project/index.ts';
import { recover, removeLeftovers, runPipeline, type StageOutcome } from '../../engine/run/index.ts';
import { openWorkspace } from '../../engine/workspace/index.ts';
import { NO_DIRECTORIES } from '../support/config-directories.ts';

/** What `repro -j 1` does between taking the repository lock and giving it back. */
export async function reproInProcess(
  root: string,
  fs: FileSystem = nodeFileSystem,
): Promise<Readonly<Record<string, StageOutcome['kind']>>> {
  const project = findProject(root)!;
  const hasRecovered = await recover(fs, project, () => undefined);
  const workspace = await openWorkspace(fs, project, {
    configDirectories: NO_DIRECTORIES,
    onCorrupt: () => undefined,
  });
  if (!workspace.ok) throw new Error(workspace.error.map(({ message }) => message).join('\n'));
  if (hasRecovered) removeLeftovers(workspace.value);
  const outcomes = await runPipeline(workspace.value, workspace.value.pipeline.graph.order, {
    jobs: 1,
    force: false,
    forceDownstream: false,
    onFailure: 'stop',
    useRunCache: true,
    allowMissing: false,
    commit: true,
    report: () => undefined,
    signal: new AbortController().signal,
  });
  return Object.fromEntries([...outcomes].map(([name, { kind }]) => [name, kind]));
}
