/**
 * A stage as it is typed on the command line, to what a manifest says of it.
 *
 * @module
 */

import { compareCodePoints, type Value, type ValueMap } from '../../cache/index.ts';

export interface TypedStage {
  readonly cmd: string;
  /** Relative to the manifest; undefined where it is the manifest's directory. */
  readonly wdir: string | undefined;
  readonly desc: string | undefined;
  readonly deps: readonly string[];
  /** `[file:]key,key`; a file alone stands for all of it. */
  readonly params: readonly string[];
  readonly outs: readonly TypedOut[];
  readonly isAlwaysChanged: boolean;
}

export interface TypedOut {
  readonly path: string;
  readonly kind: 'outs' | 'metrics' | 'plots';
  readonly isCached: boolean;
  readonly isPersistent: boolean;
}

/** Keys in DVC's order, paths sorted. */
export function stageDefinition(typed: TypedStage, defaultParams: string): ValueMap {
  const outs = [...typed.outs].sort((a, b) => compareCodePoints(a.path, b.path));
  const entries: readonly (readonly [string, Value])[] = [
    ['desc', typed.desc ?? ''],
    ['cmd', typed.cmd],
    ['wdir', typed.wdir ?? ''],
    ['deps', [...typed.deps].sort(compareCodePoints)],
    ['params', paramsOf(typed.params, defaultParams)],
    ...(['outs', 'metrics', 'plots'] as const).map((kind): readonly [string, Value] => [
      kind,
      outs.filter((out) => out.kind === kind).map(outValue),
    ]),
    ['always_changed', typed.isAlwaysChanged],
  ];
  return new Map(entries.filter(([, value]) => value !== '' && value !== false && !isEmpty(value)));
}

const isEmpty = (value: Value): boolean => Array.isArray(value) && value.length === 0;

function outValue({ path, isCached, isPersistent }: TypedOut): Value {
  const flags = new Map<string, Value>();
  if (!isCached) flags.set('cache', false);
  if (isPersistent) flags.set('persist', true);
  return flags.size === 0 ? path : new Map([[path, flags]]);
}

/** Keys of the default file first and by themselves, then the other files. */
function paramsOf(typed: readonly string[], defaultParams: string): Value {
  const files = new Map<string, string[]>();
  for (const text of typed) {
    const colon = text.lastIndexOf(':');
    const file = colon < 1 ? defaultParams : text.slice(0, colon);
    const keys = text
      .slice(colon + 1)
      .split(',')
      .filter((key) => key !== '');
    files.set(file, [...(files.get(file) ?? []), ...keys]);
  }
  const own = [...(files.get(defaultParams) ?? [])].sort(compareCodePoints);
  const others = [...files]
    .filter(([file, keys]) => file !== defaultParams || keys.length === 0)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([file, keys]): Value => new Map([[file, keys.length === 0 ? null : keys.sort(compareCodePoints)]]));
  return [...own, ...others];
}

/** Words of a command line as one: those with blanks in quotes, a single one as it is. */
export const commandOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : words.map(quoted).join(' ');

const quoted = (word: string): string => {
  if (word === '') return '""';
  return word.includes(' ') && !word.includes('"') ? `"${word}"` : word;
};
