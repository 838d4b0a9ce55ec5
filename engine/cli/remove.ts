/**
 * `remove`: gives up stages and `.dvc` files.
 *
 * @module
 */

import { nodeFileSystem } from '../../cache/index.ts';
import { removeTracking } from '../data/index.ts';
import { openIgnoreRules } from '../project/index.ts';
import { loadStages } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForEditing } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import type { Terminal } from './terminal.ts';

export interface RemoveFlags {
  readonly outs?: true;
}

export async function remove(
  terminal: Terminal,
  targets: readonly string[],
  flags: RemoveFlags,
): Promise<number> {
  const removed = await openForEditing(terminal, quietReporter(terminal), {}, (project) => {
    const stages = loadStages(nodeFileSystem, project, openIgnoreRules(project).isIgnored);
    return Promise.resolve(
      stages.ok
        ? removeTracking(nodeFileSystem, project, stages.value, targets, { withOuts: flags.outs === true })
        : stages,
    );
  });
  if (!removed.ok) return fail(terminal, removed.error);
  for (const name of removed.value) terminal.out(`${name}: removed\n`);
  return EXIT.done;
}
