/**
 * A mapping in a command, as its flags: `{a: 1, b: {c: 'x y'}, l: [1, 2], t: true}` is `--a 1 --b.c 'x y' --l 1 2 --t`.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type ScalarValue, scalarText } from '../values/index.ts';
import type { ContextMap, ContextNode } from './context.ts';

/** The error says what cannot be a flag. */
export function commandFlags(map: ContextMap): Result<string, string> {
  const words: string[] = [];
  const problem = addFlags(map, '', words);
  return problem === undefined ? ok(words.join(' ')) : err(problem);
}

function addFlags(map: ContextMap, prefix: string, words: string[]): string | undefined {
  for (const [key, value] of map.entries) {
    const problem = addFlag(prefix + key, value, words);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** `false` and empty lists leave nothing. */
function addFlag(name: string, value: ContextNode, words: string[]): string | undefined {
  if (value.kind === 'map') return addFlags(value, `${name}.`, words);
  if (value.kind === 'scalar') {
    if (value.value === true) words.push(`--${name}`);
    else if (value.value !== false) words.push(`--${name}`, argument(value.value));
    return undefined;
  }
  const items = value.items.flatMap((item) => (item.kind === 'scalar' ? [listArgument(item.value)] : []));
  if (items.length < value.items.length) return `the list "${name}" holds lists or mappings`;
  if (items.length > 0) words.push(`--${name}`, ...items);
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
