/**
 * `commit`: records what the workspace has now.
 *
 * @module
 */

import { NAMED, selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import { commitStages } from '../run/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForWork } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import { type Terminal } from './terminal.ts';

export interface CommitFlags {
  readonly force?: true;
  readonly withDeps?: true;
  readonly recursive?: true;
}

export async function commit(
  terminal: Terminal,
  targets: readonly string[],
  flags: CommitFlags,
): Promise<number> {
  const report = quietReporter(terminal);
  const done = await openForWork(terminal, report, {}, (workspace) => {
    const selected = selectTargets(workspace.pipeline.graph, targets, {
      ...(flags.withDeps ? WITH_UPSTREAM : NAMED),
      outsFrom: workspace.project.cwd,
      ...(flags.recursive ? { directoriesFrom: workspace.project.cwd } : {}),
    });
    const committed = selected.ok
      ? commitStages(workspace, selected.value, flags.force === true, report)
      : selected;
    if (committed.ok) terminal.out(`${committed.value.length} stages recorded as they stand\n`);
    return Promise.resolve(committed);
  });
  const failure = done.ok ? (done.value.ok ? undefined : done.value.error) : done.error;
  if (failure === undefined) return EXIT.done;
  return fail(terminal, failure);
}
