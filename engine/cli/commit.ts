/**
 * `commit`: records what the workspace has now.
 *
 * @module
 */

import { ok } from '../../cache/index.ts';
import { NAMED, selectTargets, WITH_UPSTREAM } from '../graph/index.ts';
import { commitStages } from '../run/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openHolding, stagesNamed } from './hold-paths.ts';
import { quietReporter } from './quiet-reporter.ts';
import { type Terminal } from './terminal.ts';

export interface CommitFlags {
  readonly force?: true;
  readonly withDeps?: true;
  readonly recursive?: true;
  readonly relink: boolean;
}

export async function commit(
  terminal: Terminal,
  targets: readonly string[],
  flags: CommitFlags,
): Promise<number> {
  const report = quietReporter(terminal);
  const done = await openHolding(terminal, report, {}, (workspace) => {
    const { graph } = workspace.pipeline;
    const selected = selectTargets(graph, targets, {
      ...(flags.withDeps ? WITH_UPSTREAM : NAMED),
      outsFrom: workspace.project.cwd,
      ...(flags.recursive ? { directoriesFrom: workspace.project.cwd } : {}),
    });
    if (!selected.ok) return Promise.resolve(selected);
    const work = (): Promise<number> => {
      const committed = commitStages(
        workspace,
        selected.value,
        { force: flags.force === true, relink: flags.relink },
        report,
      );
      if (!committed.ok) return Promise.resolve(fail(terminal, committed.error));
      terminal.out(`${committed.value.length} stages recorded as they stand\n`);
      return Promise.resolve(EXIT.done);
    };
    return Promise.resolve(ok({ stages: stagesNamed(graph, selected.value), work }));
  });
  return done.ok ? done.value : fail(terminal, done.error);
}
