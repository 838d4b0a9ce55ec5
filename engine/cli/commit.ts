/**
 * `commit`: records what the workspace has now.
 *
 * @module
 */

import { ok } from '../../cache/index.ts';
import { commitStages } from '../run/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openHolding, stagesNamed } from './hold-paths.ts';
import { quietReporter } from './quiet-reporter.ts';
import { selectOuts } from './select-outs.ts';
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
    const selected = selectOuts(workspace, targets, flags);
    if (!selected.ok) return Promise.resolve(selected);
    const { names, isMeant, partsOf } = selected.value;
    const work = (): Promise<number> => {
      const committed = commitStages(
        workspace,
        names,
        { force: flags.force === true, relink: flags.relink, isMeant, partsOf },
        report,
      );
      if (committed.failures.length > 0) return Promise.resolve(fail(terminal, committed.failures));
      terminal.out(`${committed.recorded} stages recorded as they stand\n`);
      return Promise.resolve(EXIT.done);
    };
    return Promise.resolve(ok({ stages: stagesNamed(graph, names), work }));
  });
  return done.ok ? done.value : fail(terminal, done.error);
}
