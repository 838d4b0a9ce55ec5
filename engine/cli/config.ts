/**
 * `config`: settings read and changed.
 *
 * @module
 */

import { relative } from 'node:path';
import type { Diagnostic } from '../core/index.ts';
import { dotted, type Layer, type SectionName, type Setting, type Settings } from '../project/index.ts';
import { change, type LevelFlags, levelOf, type OpenedConfig, openConfig } from './config-level.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import type { Terminal } from './terminal.ts';

export interface ConfigFlags extends LevelFlags {
  readonly unset?: true;
  readonly list?: true;
  readonly showOrigin?: true;
}

export function config(
  terminal: Terminal,
  name: string | undefined,
  value: string | undefined,
  flags: ConfigFlags,
): number {
  const misuse = misuseOf(name, value, flags);
  if (misuse !== undefined) return fail(terminal, [misuse]);
  const isChange = value !== undefined || flags.unset === true;
  const opened = openConfig(terminal, levelOf(flags) ?? (isChange ? 'project' : undefined));
  if (!opened.ok) return fail(terminal, opened.error);
  if (name === undefined) return list(terminal, opened.value, flags);
  const option = readName(name)!;
  if (!isChange) return show(terminal, opened.value, option, flags);
  const level = levelOf(flags) ?? 'project';
  if (value !== undefined) return change(terminal, opened.value, [{ kind: 'set', level, ...option, value }]);
  const missing = notSet(opened.value.settings(level), option);
  if (missing !== undefined) return fail(terminal, [missing]);
  return change(terminal, opened.value, [{ kind: 'unset', level, ...option }]);
}

interface OptionName {
  readonly section: SectionName;
  readonly key: string;
}

/** `section.option`, or `remote.name.option`. */
function readName(name: string): OptionName | undefined {
  const [, group, section, key] = /^(?:(remote|db)\.)?([^.]*)\.([^.]*)$/.exec(name) ?? [];
  if (section === undefined || key === undefined) return undefined;
  const member = group === undefined ? undefined : section.toLowerCase();
  return { section: { group: group ?? section.toLowerCase(), member }, key: key.toLowerCase() };
}

function misuseOf(
  name: string | undefined,
  value: string | undefined,
  flags: ConfigFlags,
): Diagnostic | undefined {
  const usage = (message: string, hint: string): Diagnostic => ({ code: 'E_USAGE', message, hint });
  if (flags.showOrigin && (value !== undefined || flags.unset)) {
    return usage('"--show-origin" does not go with a value or "--unset"', 'leave one of them away');
  }
  if (flags.list) {
    if (name === undefined && !flags.unset) return undefined;
    return usage('"--list" lists everything', 'leave the name and "--unset" away');
  }
  if (name === undefined)
    return usage('Which option?', 'name one, as "core.remote", or list them all: "dvc-like config -l"');
  if (readName(name) !== undefined) return undefined;
  return usage(`"${name}" is no name of an option`, 'it is section.option, or remote.NAME.option');
}

/** Layer by layer. */
function list(terminal: Terminal, opened: OpenedConfig, flags: ConfigFlags): number {
  for (const layer of layersFor(opened, flags)) {
    const origin = originOf(layer, opened, flags);
    for (const section of inDvcOrder(opened.settings(layer.level))) {
      for (const { key, value } of section.settings.values()) {
        terminal.out(
          `${origin}${[dotted(section.name), key].filter(Boolean).join('.')}=${valueText(value)}\n`,
        );
      }
    }
  }
  return EXIT.done;
}

/** The one that holds. Nothing where it is set in no layer, unless one is asked about. */
function show(terminal: Terminal, opened: OpenedConfig, option: OptionName, flags: ConfigFlags): number {
  for (const layer of layersFor(opened, flags).toReversed()) {
    const settings = opened.settings(layer.level);
    const found = settings.get(dotted(option.section))?.settings.get(option.key);
    if (found !== undefined) {
      terminal.out(`${originOf(layer, opened, flags)}${valueText(found.value)}\n`);
      return EXIT.done;
    }
    const missing = levelOf(flags) === undefined ? undefined : notSet(settings, option);
    if (missing !== undefined) return fail(terminal, [missing]);
  }
  return EXIT.done;
}

export function notSet(settings: Settings, { section, key }: OptionName): Diagnostic | undefined {
  if (settings.get(dotted(section))?.settings.has(key)) return undefined;
  const hint = 'see what is set, and where: "dvc-like config --list --show-origin"';
  return { code: 'E_NOT_SET', message: `"${dotted(section)}.${key}" is not set there`, hint };
}

const layersFor = ({ layers }: OpenedConfig, flags: ConfigFlags): readonly Layer[] => {
  const level = levelOf(flags);
  return level === undefined ? layers : layers.filter((layer) => layer.level === level);
};

function originOf({ path, level }: Layer, { project }: OpenedConfig, { showOrigin }: ConfigFlags): string {
  if (!showOrigin) return '';
  const isOfProject = project !== undefined && (level === 'project' || level === 'local');
  return `${isOfProject ? relative(project.root, path) : path}\t`;
}

/** Sections of which there may be several first. */
const inDvcOrder = (settings: Settings) =>
  ['remote', 'machine', 'db', undefined].flatMap((group) =>
    [...settings.values()].filter(
      ({ name }) => (name.member === undefined ? undefined : name.group) === group,
    ),
  );

/** A list as Python writes it. */
const valueText = (value: Setting['value']): string =>
  typeof value === 'string' ? value : `[${value.map((item) => `'${item}'`).join(', ')}]`;
