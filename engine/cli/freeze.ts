/**
 * `freeze` and `unfreeze`: stages that `repro` leaves alone, whatever changed.
 *
 * @module
 */

import { join } from 'node:path';
import { nodeFileSystem } from '../../cache/index.ts';
import { freezeStages } from '../manifest/index.ts';
import { findProject, saveText } from '../project/index.ts';
import { loadManifest } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import { type Terminal } from './terminal.ts';

export function freeze(terminal: Terminal, names: readonly string[], frozen: boolean): number {
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const manifest = loadManifest(nodeFileSystem, project);
  const edited = manifest.ok ? freezeStages(manifest.value, names, frozen) : manifest;
  if (!manifest.ok || !edited.ok) return fail(terminal, edited.ok ? [] : edited.error);
  const { text, changed } = edited.value;
  if (changed.length > 0) saveText(nodeFileSystem, join(project.root, project.manifestName), text);
  for (const name of new Set(names)) {
    const state = frozen ? 'frozen' : 'not frozen';
    terminal.out(
      `${name}: ${changed.includes(name) ? `${state} (${project.manifestName})` : `${state} already`}\n`,
    );
  }
  return EXIT.done;
}
