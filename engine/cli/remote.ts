/**
 * `remote`: where objects are pushed to and pulled from, by name.
 *
 * @module
 */

import { type Diagnostic, didYouMean } from '../core/index.ts';
import {
  type ConfigEdit,
  type Level,
  levelsFrom,
  type SectionName,
  type Settings,
} from '../project/index.ts';
import { change, type LevelFlags, levelOf, type OpenedConfig, openConfig } from './config-level.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import type { Terminal } from './terminal.ts';

const CORE: SectionName = { group: 'core', member: undefined };

const sectionOf = (name: string): SectionName => ({ group: 'remote', member: name.toLowerCase() });

export interface RemoteAddFlags extends LevelFlags {
  readonly default?: true;
  readonly force?: true;
}

export function remoteAdd(terminal: Terminal, name: string, url: string, flags: RemoteAddFlags): number {
  return withConfig(terminal, flags, (opened, level) => {
    const section = sectionOf(name);
    const there = opened.settings(level).get(`remote.${section.member!}`);
    if (there !== undefined && !flags.force) return fail(terminal, [remoteExists(section.member!)]);
    const others = [...(there?.settings.keys() ?? [])].filter((key) => key !== 'url');
    const setDefault: ConfigEdit = {
      kind: 'set',
      level,
      section: CORE,
      key: 'remote',
      value: section.member!,
    };
    const code = change(terminal, opened, [
      { kind: 'set', level, section, key: 'url', value: url },
      ...others.map((key) => ({ kind: 'unset', level, section, key }) as const),
      ...(flags.default ? [setDefault] : []),
    ]);
    if (code === EXIT.done && flags.default)
      terminal.out(`Setting '${section.member!}' as a default remote.\n`);
    return code;
  });
}

export function remoteList(terminal: Terminal, flags: LevelFlags): number {
  const level = levelOf(flags);
  const opened = openConfig(terminal, level);
  if (!opened.ok) return fail(terminal, opened.error);
  const settings = opened.value.settings(level);
  const byDefault = settings.get('core')?.settings.get('remote')?.value;
  for (const { name, settings: own } of settings.values()) {
    const url = own.get('url')?.value;
    if (name.group !== 'remote' || name.member === undefined || url === undefined) continue;
    const columns = [name.member, url.toString(), ...(name.member === byDefault ? ['(default)'] : [])];
    terminal.out(`${withoutTabs(columns)}\n`);
  }
  return EXIT.done;
}

/** As after tabs, to the next column of eight. */
const withoutTabs = (columns: readonly string[]): string =>
  columns
    .map((text, i) => (i === columns.length - 1 ? text : text.padEnd((Math.floor(text.length / 8) + 1) * 8)))
    .join('');

export function remoteModify(
  terminal: Terminal,
  name: string,
  key: string,
  value: string | undefined,
  flags: LevelFlags & { readonly unset?: true },
): number {
  return withConfig(terminal, flags, (opened, level) => {
    const section = sectionOf(name);
    const known = new Map([...opened.settings(level, 'below'), ...opened.settings(level)]);
    if (!known.has(`remote.${section.member!}`)) return fail(terminal, [noRemote(section.member!, known)]);
    if (flags.unset) return change(terminal, opened, [{ kind: 'unset', level, section, key }]);
    if (value === undefined) return fail(terminal, [noValue(key)]);
    return change(terminal, opened, [{ kind: 'set', level, section, key, value }]);
  });
}

export function remoteRemove(terminal: Terminal, name: string, flags: LevelFlags): number {
  return withConfig(terminal, flags, (opened, level) => {
    const section = sectionOf(name);
    const there = opened.settings(level);
    if (!there.has(`remote.${section.member!}`)) return fail(terminal, [noRemote(section.member!, there)]);
    const defaults = levelsWithDefault(opened, level, section.member!);
    return change(terminal, opened, [
      { kind: 'remove', level, section },
      ...defaults.map((each) => ({ kind: 'unset', level: each, section: CORE, key: 'remote' }) as const),
    ]);
  });
}

export function remoteRename(terminal: Terminal, name: string, to: string, flags: LevelFlags): number {
  return withConfig(terminal, flags, (opened, level) => {
    const section = sectionOf(name);
    const renamed = sectionOf(to);
    if (opened.settings().has(`remote.${renamed.member!}`))
      return fail(terminal, [remoteExists(renamed.member!)]);
    const there = opened.settings(level);
    if (!there.has(`remote.${section.member!}`)) return fail(terminal, [noRemote(section.member!, there)]);
    const defaults = levelsWithDefault(opened, level, section.member!);
    return change(terminal, opened, [
      { kind: 'rename', level, section, to: renamed },
      ...defaults.map(
        (each) =>
          ({ kind: 'set', level: each, section: CORE, key: 'remote', value: renamed.member! }) as const,
      ),
    ]);
  });
}

export function remoteDefault(
  terminal: Terminal,
  name: string | undefined,
  flags: LevelFlags & { readonly unset?: true },
): number {
  if (name === undefined && !flags.unset) return showDefault(terminal, flags);
  return withConfig(terminal, flags, (opened, level) => {
    if (flags.unset || name === undefined) {
      return change(terminal, opened, [{ kind: 'unset', level, section: CORE, key: 'remote' }]);
    }
    const value = name.toLowerCase();
    const known = new Map([...opened.settings(level, 'below'), ...opened.settings(level)]);
    if (!known.has(`remote.${value}`)) return fail(terminal, [noRemote(value, known)]);
    return change(terminal, opened, [{ kind: 'set', level, section: CORE, key: 'remote', value }]);
  });
}

function showDefault(terminal: Terminal, flags: LevelFlags): number {
  const level = levelOf(flags);
  const opened = openConfig(terminal, level);
  if (!opened.ok) return fail(terminal, opened.error);
  const found = opened.value.settings(level).get('core')?.settings.get('remote')?.value;
  terminal.out(`${found?.toString() ?? 'No default remote set'}\n`);
  return found === undefined ? EXIT.failed : EXIT.done;
}

/** For changes: in the project's config unless another is asked for. */
function withConfig(
  terminal: Terminal,
  flags: LevelFlags,
  work: (opened: OpenedConfig, level: Level) => number,
): number {
  const level = levelOf(flags) ?? 'project';
  const opened = openConfig(terminal, level);
  return opened.ok ? work(opened.value, level) : fail(terminal, opened.error);
}

/** The layers from this one up that have this remote as their default. */
const levelsWithDefault = (opened: OpenedConfig, level: Level, name: string): readonly Level[] =>
  levelsFrom(level).filter(
    (each) =>
      opened.layers.some((layer) => layer.level === each) &&
      opened.settings(each).get('core')?.settings.get('remote')?.value === name,
  );

const remoteExists = (name: string): Diagnostic => ({
  code: 'E_REMOTE_EXISTS',
  message: `There is a remote "${name}" already`,
  hint: 'take another name, or overwrite it: "dvc-like remote add --force"',
});

function noRemote(name: string, settings: Settings): Diagnostic {
  const names = [...settings.values()].flatMap(({ name: { group, member } }) =>
    group === 'remote' ? (member ?? []) : [],
  );
  return {
    code: 'E_NO_REMOTE',
    message: `There is no remote "${name}"`,
    hint: didYouMean(name, names) ?? 'see "dvc-like remote list"',
  };
}

const noValue = (key: string): Diagnostic => ({
  code: 'E_USAGE',
  message: `No value for "${key}"`,
  hint: 'give one, or remove the option: --unset',
});
