/**
 * A mapping in a command, as its flags: `{a: 1, b: {c: 'x y'}, l: [1, 2], t: true}` is `--a 1 --b.c 'x y' --l 1 2 --t`.
 * The config may say otherwise of what is false (`--no-f`) and of lists (`--l 1 --l 2`).
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { ParsingOptions } from '../project/index.ts';
import { type ScalarValue, scalarText } from '../values/index.ts';
import type { ContextMap, ContextNode } from './context.ts';

/** The error says what cannot be a flag. */
export function commandFlags(map: ContextMap, parsing: ParsingOptions): Result<string, string> {
  const words: string[] = [];
  const problem = addFlags(map, '', words, parsing);
  return problem === undefined ? ok(words.join(' ')) : err(problem);
}

function addFlags(
  map: ContextMap,
  prefix: string,
  words: string[],
  parsing: ParsingOptions,
): string | undefined {
  for (const [key, value] of map.entries) {
    const problem = addFlag(prefix + key, value, words, parsing);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Empty lists leave nothing. */
function addFlag(
  name: string,
  value: ContextNode,
  words: string[],
  parsing: ParsingOptions,
): string | undefined {
  if (value.kind === 'map') return addFlags(value, `${name}.`, words, parsing);
  if (value.kind === 'scalar') {
    if (value.value === true) words.push(`--${name}`);
    else if (value.value !== false) words.push(`--${name}`, argument(value.value));
    else if (parsing.bool === 'boolean_optional') words.push(`--no-${name}`);
    return undefined;
  }
  const items = value.items.flatMap((item) => (item.kind === 'scalar' ? [listArgument(item.value)] : []));
  if (items.length < value.items.length) return `the list "${name}" holds lists or mappings`;
  if (parsing.list === 'append') words.push(...items.flatMap((item) => [`--${name}`, item]));
  else if (items.length > 0) words.push(`--${name}`, ...items);
  return undefined;
}

const argument = (value: ScalarValue): string =>
  typeof value === 'string' ? shellQuoted(value) : scalarText(value);

/** In a list, booleans are Python's own. */
const listArgument = (value: ScalarValue): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : argument(value);

/** As Python's `shlex.quote`. */
const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
