/**
 * Changes of one layer of the config, checked together with the layers that it hides before anything is written.
 *
 * @module
 */

import { dirname, relative, resolve } from 'node:path';
import { err, type FileSystem, ok, type Result, writeFileAtomic } from '../../../cache/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import { saveText } from '../save-text.ts';
import { checkSettings } from './check-settings.ts';
import { removeOption, removeSection, renameSection, setOption } from './edit-ini.ts';
import { type IniFile, readIni } from './ini.ts';
import {
  type ConfigDirectories,
  isPathOption,
  type Layer,
  LEVELS,
  type Level,
  mergeLayers,
} from './layers.ts';
import { dotted, headerOf, readSectionName, type SectionName } from './section-name.ts';

export type ConfigEdit = { readonly level: Level } & (
  | { readonly kind: 'set'; readonly section: SectionName; readonly key: string; readonly value: string }
  | { readonly kind: 'unset'; readonly section: SectionName; readonly key: string }
  | { readonly kind: 'remove'; readonly section: SectionName }
  | { readonly kind: 'rename'; readonly section: SectionName; readonly to: SectionName }
);

/**
 * All of them, or none. What a later layer says wrong does not stand in the way.
 *
 * @param layers As `readLayers` gave them.
 * @param cwd What a path is relative to; it is written relative to the directory of the file.
 */
export function editConfig(
  fs: FileSystem,
  layers: readonly Layer[],
  edits: readonly ConfigEdit[],
  { cwd, directories }: { readonly cwd: string; readonly directories: ConfigDirectories },
): Result<readonly Layer[], readonly Diagnostic[]> {
  const edited: Layer[] = [];
  let wrong: readonly Diagnostic[] = [];
  for (const layer of layers) {
    const own = edits.filter(({ level }) => level === layer.level);
    const ini = applyEdits(layer, own, cwd);
    if (!ini.ok) return ini;
    edited.push({ ...layer, ini: ini.value });
    if (own.length > 0) wrong = checkSettings(mergeLayers(edited, directories));
    if (wrong.length > 0) return err(wrong);
  }
  for (const [i, { path, ini }] of edited.entries()) {
    if (ini.file.text === layers[i]!.ini.file.text) continue;
    // What has lost its last section keeps an empty line, as DVC leaves it.
    const text = ini.file.text === '' ? '\n' : ini.file.text;
    if (fs.stat(path) === undefined) writeFileAtomic(fs, path, text);
    else saveText(fs, path, text);
  }
  return ok(edited);
}

/** The levels that hide a level, itself among them. */
export const levelsFrom = (level: Level): readonly Level[] => LEVELS.slice(LEVELS.indexOf(level));

function applyEdits(
  layer: Layer,
  edits: readonly ConfigEdit[],
  cwd: string,
): Result<IniFile, readonly Diagnostic[]> {
  let ini = layer.ini;
  for (const edit of edits) {
    const read = readIni({ path: ini.file.path, text: applyEdit(ini, edit, layer.path, cwd) });
    if (!read.ok) return read;
    ini = read.value;
  }
  return ok(ini);
}

function applyEdit(ini: IniFile, edit: ConfigEdit, path: string, cwd: string): string {
  const section = findSection(ini, edit.section);
  const name = section?.name ?? headerOf(edit.section);
  switch (edit.kind) {
    case 'set':
      return setOption(ini, name, edit.key, writtenValue(edit, path, cwd));
    case 'unset':
      return edit.section.member === undefined && section?.settings.every(({ key }) => key === edit.key)
        ? removeSection(ini, name)
        : removeOption(ini, name, edit.key);
    case 'remove':
      return removeSection(ini, name);
    case 'rename':
      return renameSection(ini, name, headerOf(edit.to));
  }
}

const findSection = (ini: IniFile, wanted: SectionName) =>
  ini.sections.slice(1).find(({ name }) => dotted(readSectionName(name)) === dotted(wanted));

function writtenValue(edit: Extract<ConfigEdit, { kind: 'set' }>, file: string, cwd: string): string {
  const { section, key, value } = edit;
  if (!isPathOption(section, key) || /^(?:\w+:\/\/|\/|~)/.test(value)) return value;
  return relative(dirname(file), resolve(cwd, value)) || '.';
}
