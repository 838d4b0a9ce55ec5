/**
 * `freeze` and `unfreeze`: stages that `repro` leaves alone, whatever changed.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, nodeFileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot } from '../core/index.ts';
import { type Frozen, freezeStages } from '../manifest/index.ts';
import { type Project, saveText } from '../project/index.ts';
import { freezeSource } from '../sources/index.ts';
import { loadManifest, readProjectText } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForEditing } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import type { Terminal } from './terminal.ts';

export async function freeze(terminal: Terminal, names: readonly string[], frozen: boolean): Promise<number> {
  const done = await openForEditing(terminal, quietReporter(terminal), {}, (project) =>
    Promise.resolve(freezeNamed(terminal, project, names, frozen)),
  );
  return done.ok ? EXIT.done : fail(terminal, done.error);
}

function freezeNamed(
  terminal: Terminal,
  project: Project,
  names: readonly string[],
  frozen: boolean,
): Result<undefined, readonly Diagnostic[]> {
  const files = new Map<string, readonly string[]>();
  for (const name of new Set(names)) {
    const [file, localName] = partsOf(project, name);
    files.set(file, [...(files.get(file) ?? []), localName]);
  }
  const edits = [...files].map(([file, local]) => [file, local, edit(project, file, local, frozen)] as const);
  const errors = edits.flatMap(([, , edited]) => (edited.ok ? [] : edited.error));
  if (errors.length > 0) return err(errors);
  for (const [file, local, edited] of edits) {
    if (!edited.ok) continue;
    const { text, changed } = edited.value;
    if (changed.length > 0) saveText(nodeFileSystem, join(project.root, file), text);
    for (const name of local) {
      const state = frozen ? 'frozen' : 'not frozen';
      terminal.out(`${name}: ${changed.includes(name) ? `${state} (${file})` : `${state} already`}\n`);
    }
  }
  return ok(undefined);
}

/** The file (relative to the root) and the name in it; of a `.dvc` file its path stands for both. */
function partsOf(project: Project, target: string): readonly [string, string] {
  if (project.dialect === 'native') return [project.manifestName, target];
  if (target.endsWith('.dvc')) {
    const path = fromRoot(project.cwd, target);
    return [path, path];
  }
  const colon = target.lastIndexOf(':');
  const path = colon < 1 ? project.manifestName : target.slice(0, colon);
  return [fromRoot(project.cwd, posix.normalize(path)), target.slice(colon + 1)];
}

function edit(
  project: Project,
  file: string,
  names: readonly string[],
  frozen: boolean,
): Result<Frozen, readonly Diagnostic[]> {
  if (!file.endsWith('.dvc')) {
    const manifest = loadManifest(nodeFileSystem, project, file);
    return manifest.ok ? freezeStages(manifest.value, names, frozen) : manifest;
  }
  const text = readProjectText(nodeFileSystem, project, file);
  if (text === undefined) {
    const hint = 'list them with "dvc-like stage list"';
    return { ok: false, error: [{ code: 'E_UNKNOWN_STAGE', message: `There is no "${file}"`, hint }] };
  }
  const edited = freezeSource({ path: file, text }, frozen);
  return edited.ok ? ok({ text: edited.value, changed: edited.value === text ? [] : names }) : edited;
}
