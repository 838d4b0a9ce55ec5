/**
 * `move`: data under a `.dvc` file goes elsewhere.
 *
 * @module
 */

import { err } from '../../cache/index.ts';
import { moveData } from '../data/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { onlyDvc } from './only-dvc.ts';
import { openForWork } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import type { Terminal } from './terminal.ts';
import { fromCwd, toCwd } from './value-flags.ts';

export async function move(terminal: Terminal, from: string, to: string): Promise<number> {
  const done = await openForWork(terminal, quietReporter(terminal), {}, (workspace) => {
    const { project } = workspace;
    const wrong = onlyDvc(project, 'move');
    const moved =
      wrong === undefined
        ? moveData(workspace, fromCwd(terminal, project, from), fromCwd(terminal, project, to) || '.')
        : err([wrong]);
    if (moved.ok) terminal.out(`${toCwd(terminal, project, moved.value)}\n`);
    return Promise.resolve(moved);
  });
  const failure = done.ok ? (done.value.ok ? undefined : done.value.error) : done.error;
  return failure === undefined ? EXIT.done : fail(terminal, failure);
}
