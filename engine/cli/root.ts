/**
 * `root`: the way to the root of the project.
 *
 * @module
 */

import { relative } from 'node:path';
import { findProject } from '../project/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import type { Terminal } from './terminal.ts';

export function root(terminal: Terminal): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  terminal.out(`${relative(terminal.cwd, project.root) || '.'}\n`);
  return EXIT.done;
}
