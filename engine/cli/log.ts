/**
 * `log STAGE`: what a stage wrote the last time it ran.
 *
 * @module
 */

import { NAMED, selectTargets } from '../graph/index.ts';
import { keptLogs, readStageLog } from '../runs/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForReading } from './open-project.ts';
import { type Terminal } from './terminal.ts';

export async function log(terminal: Terminal, targets: readonly string[]): Promise<number> {
  const workspace = await openForReading(terminal);
  const named = workspace.ok ? selectTargets(workspace.value.pipeline.graph, targets, NAMED) : workspace;
  if (!workspace.ok || !named.ok) {
    const diagnostics = workspace.ok ? (named.ok ? [] : named.error) : workspace.error;
    return fail(terminal, diagnostics);
  }
  const { fs, state } = workspace.value;
  for (const [i, stage] of named.value.entries()) {
    const bytes = readStageLog(fs, keptLogs(state), workspace.value.pipeline.graph.stages.get(stage)!);
    if (named.value.length > 1) terminal.out(`${i > 0 ? '\n' : ''}==> ${stage} <==\n`);
    if (bytes !== undefined) terminal.out(bytes);
    else terminal.error(`Stage '${stage}' wrote nothing when it last ran, or has not run here yet\n`);
  }
  return EXIT.done;
}
