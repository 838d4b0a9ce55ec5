/**
 * Settings checked: known names, right values.
 *
 * @module
 */

import { err, ok, type Result } from '../../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../../core/index.ts';
import type { Section, Setting, Settings } from './layers.ts';
import {
  LINK_TYPES,
  NAMED_SECTIONS,
  OPEN_SECTION,
  type OptionKind,
  type Options,
  REMOTES,
  SECTIONS,
} from './options.ts';
import { dotted } from './section-name.ts';

export function checkSettings(settings: Settings): readonly Diagnostic[] {
  return [...settings.values()].flatMap((section) => {
    const options = optionsOf(section);
    if (!options.ok) return [options.error];
    const known = options.value;
    if (known === 'any') return [];
    return [...section.settings.values()].flatMap((setting) => checkSetting(setting, known) ?? []);
  });
}

/** The scheme of a URL in lower case; none of a path. */
export const schemeOf = (url: string): string =>
  /^([a-z][\w+.-]*):\/\/[^/?#]/i.exec(url)?.[1]?.toLowerCase() ?? '';

function optionsOf(section: Section): Result<Options | 'any', Diagnostic> {
  const { group, member } = section.name;
  if (group === OPEN_SECTION) return ok('any');
  if (member === undefined) {
    const options = SECTIONS.get(group);
    return options === undefined ? err(unknownSection(section)) : ok(options);
  }
  if (group !== 'remote') return ok(NAMED_SECTIONS.get(group)!);
  const url = section.settings.get('url');
  if (typeof url?.value !== 'string') return err(noUrl(section, member, url !== undefined));
  const options = REMOTES.get(schemeOf(url.value));
  return options === undefined ? err(unknownScheme(url, url.value)) : ok(options);
}

const noUrl = ({ place }: Section, name: string, isList: boolean): Diagnostic => ({
  code: 'E_CONFIG_VALUE',
  message: isList ? `The url of remote "${name}" is a list` : `Remote "${name}" has no url`,
  place,
  hint: isList ? 'put it in quotes' : `set one: "dvc-like remote modify ${name} url PATH"`,
});

const unknownScheme = ({ section, place }: Setting, url: string): Diagnostic => ({
  code: 'E_CONFIG_VALUE',
  message: `Remote "${section.member!}" has a url of an unknown kind: "${schemeOf(url)}://"`,
  place,
  hint: `known are paths, ${[...REMOTES.keys()]
    .filter((scheme) => scheme !== '')
    .map((scheme) => `${scheme}://`)
    .join(', ')}`,
});

function unknownSection({ name, place, settings }: Section): Diagnostic {
  const first = [...settings.values()][0];
  if (name.group === '' && first !== undefined) {
    return {
      code: 'E_UNKNOWN_OPTION',
      message: `"${first.key}" is set in no section`,
      place: first.place,
      hint: 'write [section] before it',
    };
  }
  return {
    code: 'E_UNKNOWN_OPTION',
    message: `There is no section "${name.group}"`,
    place,
    hint:
      didYouMean(name.group, SECTIONS.keys()) ??
      `sections are ${[...SECTIONS.keys()].join(', ')}, remote "NAME"`,
  };
}

function checkSetting(setting: Setting, options: Options): Diagnostic | undefined {
  const { key, section, place, value } = setting;
  const kind = Object.hasOwn(options, key) ? options[key] : undefined;
  const name = `${dotted(section)}.${key}`;
  if (kind === undefined) {
    const hint = didYouMean(key, Object.keys(options)) ?? `options are ${Object.keys(options).join(', ')}`;
    return { code: 'E_UNKNOWN_OPTION', message: `There is no option "${name}"`, place, hint };
  }
  const expected = expectation(kind, value);
  if (expected === undefined) return undefined;
  const message = `"${name}" is ${expected}, not "${value.toString()}"`;
  return { code: 'E_CONFIG_VALUE', message, place };
}

/** What is expected, where the value is not that. */
function expectation(kind: OptionKind, value: Setting['value']): string | undefined {
  if (kind === 'link-types') {
    const isRight = linkTypes(value).every((type) => (LINK_TYPES as readonly string[]).includes(type));
    return isRight ? undefined : `a list of ${LINK_TYPES.join(', ')}`;
  }
  if (typeof value !== 'string') return 'one value: put it in quotes where it has commas';
  if (typeof kind === 'object')
    return kind.includes(value.toLowerCase()) ? undefined : kind.map((each) => `"${each}"`).join(' or ');
  switch (kind) {
    case 'text':
    case 'name':
    case 'boolean-or-text':
      return undefined;
    case 'boolean':
      return /^(?:true|false)$/i.test(value) ? undefined : '"true" or "false"';
    case 'integer':
      return isInteger(value) ? undefined : 'an integer';
    case 'count':
      return isInteger(value) && Number(value) >= 1 ? undefined : 'an integer from 1 on';
    case 'seconds':
      return value.trim() !== '' && Number(value) >= 0 ? undefined : 'a number from 0 on';
  }
}

const isInteger = (text: string): boolean => /^\s*[+-]?\d+\s*$/.test(text);

export const linkTypes = (value: Setting['value']): readonly string[] =>
  typeof value === 'string' ? value.split(',').map((type) => type.trim()) : value;
