/**
 * The layers of the config: system, global, project, local. What a later one sets hides what an earlier one has set.
 *
 * @module
 */

import { dirname, join, relative, resolve } from 'node:path';
import { err, type FileSystem, ok, type Result } from '../../../cache/index.ts';
import type { Diagnostic, Place, SourceFile } from '../../core/index.ts';
import { type IniFile, readIni } from './ini.ts';
import { PATH_OPTIONS } from './options.ts';
import { dotted, readSectionName, type SectionName } from './section-name.ts';

export type Level = 'system' | 'global' | 'project' | 'local';

/** Where what is set for a person and a machine lies: DVC's directories, for both dialects. */
export interface ConfigDirectories {
  /** Absolute; its file is called `config`. */
  readonly system: string;
  readonly global: string;
  /** What `~` stands for. */
  readonly home: string;
}

/** What the layers are of; `undefined` outside of any project: then there are two. */
export type ConfigOwner = { readonly root: string; readonly home: string } | undefined;

export interface Layer {
  readonly level: Level;
  /** Absolute. */
  readonly path: string;
  /** Of the file, an empty one where there is none. */
  readonly ini: IniFile;
}

export const LEVELS: readonly Level[] = ['system', 'global', 'project', 'local'];

/** Absolute, whether the file is there or not. */
function configPath(level: Level, owner: ConfigOwner, directories: ConfigDirectories): string | undefined {
  if (level === 'system' || level === 'global') return join(directories[level], 'config');
  return owner && join(owner.home, level === 'local' ? 'config.local' : 'config');
}

/** Every file that the config is read from, or would be. */
export const configPaths = (owner: ConfigOwner, directories: ConfigDirectories): readonly string[] =>
  LEVELS.flatMap((level) => configPath(level, owner, directories) ?? []);

/** From the one that is hidden to the one that hides. */
export function readLayers(
  fs: FileSystem,
  owner: ConfigOwner,
  directories: ConfigDirectories,
): Result<readonly Layer[], readonly Diagnostic[]> {
  const layers: Layer[] = [];
  const errors: Diagnostic[] = [];
  for (const level of LEVELS) {
    const path = configPath(level, owner, directories);
    if (path === undefined) continue;
    const text = fs.stat(path)?.kind === 'file' ? fs.readFile(path).toString('utf8') : '';
    const ini = readIni(sourceFile(path, text, owner));
    if (ini.ok) layers.push({ level, path, ini: ini.value });
    else errors.push(...ini.error);
  }
  return errors.length > 0 ? err(errors) : ok(layers);
}

const sourceFile = (path: string, text: string, owner: ConfigOwner): SourceFile => ({
  path: owner !== undefined && path.startsWith(`${owner.root}/`) ? relative(owner.root, path) : path,
  text,
});

/** A setting that no later layer hides. */
export interface Setting {
  readonly section: SectionName;
  readonly key: string;
  /** Paths are absolute. */
  readonly value: string | readonly string[];
  readonly place: Place;
}

/** By section as a person calls it, and key. */
export type Settings = ReadonlyMap<string, Section>;

export interface Section {
  readonly name: SectionName;
  /** Of its first header. */
  readonly place: Place;
  readonly settings: ReadonlyMap<string, Setting>;
}

export function mergeLayers(layers: readonly Layer[], directories: ConfigDirectories): Settings {
  const sections = new Map<string, Section & { readonly settings: Map<string, Setting> }>();
  for (const layer of layers) {
    const { file } = layer.ini;
    for (const { name: written, settings, range } of layer.ini.sections) {
      if (written === '' && settings.length === 0) continue;
      const name = readSectionName(written);
      const known = sections.get(dotted(name)) ?? { name, place: { file, range }, settings: new Map() };
      sections.set(dotted(name), known);
      for (const setting of settings) {
        const value = withPath(setting.value, name, setting.key, layer.path, directories);
        known.settings.set(setting.key, {
          section: name,
          key: setting.key,
          value,
          place: { file, range: setting.range },
        });
      }
    }
  }
  return sections;
}

/** The value of an option that names a path, made absolute: it is relative to the directory of its file. */
function withPath(
  value: Setting['value'],
  name: SectionName,
  key: string,
  file: string,
  directories: ConfigDirectories,
): Setting['value'] {
  if (typeof value !== 'string' || !isPathOption(name, key)) return value;
  return absolutePath(value, dirname(file), directories.home);
}

export const isPathOption = ({ group, member }: SectionName, key: string): boolean =>
  (group === 'cache' && key === 'dir') ||
  (group === 'remote' && member !== undefined && PATH_OPTIONS.has(key));

/** A URL stays. */
function absolutePath(path: string, directory: string, home: string): string {
  if (/^\w+:\/\//.test(path) || path.startsWith('/')) return path;
  if (path === '~' || path.startsWith('~/')) return home + path.slice(1);
  return resolve(directory, path);
}
