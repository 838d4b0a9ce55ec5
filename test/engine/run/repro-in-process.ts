/**
 * `repro` in this process: no command line, no snapshot, no repository lock.
 *
 * @module
 */

import { nodeFileSystem } from '../../../cache/index.ts';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { findProject } from '../../../engine/project/index.ts';
import { runPipeline, type StageOutcome } from '../../../engine/run/index.ts';
import { openWorkspace } from '../../../engine/workspace/index.ts';
import { NO_DIRECTORIES } from '../../support/config-directories.ts';

/** @returns What became of each stage. The project needs a manifest; its home is made beside it. */
export async function reproInProcess(
  root: string,
  jobs: number,
): Promise<Readonly<Record<string, StageOutcome['kind']>>> {
  const workspace = await openWorkspace(nodeFileSystem, findProject(root)!, {
    configDirectories: NO_DIRECTORIES,
    onCorrupt: () => undefined,
  });
  if (!workspace.ok) throw new Error(renderDiagnostics(workspace.error));
  const outcomes = await runPipeline(workspace.value, workspace.value.pipeline.graph.order, {
    jobs,
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
