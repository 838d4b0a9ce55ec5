/**
 * Params and metrics as JSON, in the shape that DVC prints: lists in differences are texts, as Python writes them.
 *
 * @module
 */

import { Float, isList, isMap, pythonFloat, pythonJson, type Value } from '../../../cache/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import type { ValueDiff } from '../../values/index.ts';
import { difference } from './number-text.ts';

export function diffJson(diffs: readonly ValueDiff[]): string {
  const files = new Map<string, Map<string, Value>>();
  for (const { path, key, was, is } of diffs) {
    const change = difference(was, is);
    const entry = new Map<string, Value>([
      ['old', plain(was)],
      ['new', plain(is)],
      ...(change === undefined ? [] : [['diff', change] as const]),
    ]);
    const file = files.get(path);
    if (file === undefined) files.set(path, new Map([[key, entry]]));
    else file.set(key, entry);
  }
  return pythonJson(files);
}

/** @param problems Of files that have no tree. */
export function metricsJson(
  trees: ReadonlyMap<string, Value>,
  problems: readonly (Diagnostic & { readonly path: string })[],
): string {
  const files = new Map<string, Value>([...trees].map(([path, data]) => [path, new Map([['data', data]])]));
  for (const { path, code, message } of problems) {
    files.set(
      path,
      new Map([
        [
          'error',
          new Map([
            ['type', code],
            ['msg', message],
          ]),
        ],
      ]),
    );
  }
  return pythonJson(new Map([['', new Map([['data', files]])]]));
}

const plain = (value: Value | undefined): Value =>
  value === undefined ? null : isList(value) ? pythonRepr(value) : value;

/** Python's `repr`. */
function pythonRepr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isMap(value))
    return `{${[...value].map(([key, item]) => `${quoted(key)}: ${pythonRepr(item)}`).join(', ')}}`;
  const number = value instanceof Float ? value.value : value;
  if (typeof number === 'bigint' || (Number.isInteger(number) && !(value instanceof Float)))
    return String(number);
  if (Number.isNaN(number)) return 'nan';
  return Number.isFinite(number) ? pythonFloat(number) : number > 0 ? 'inf' : '-inf';
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\p{Cc}]|'/gu, (character) =>
    character === "'" && quote === '"' ? character : (ESCAPES.get(character) ?? hexEscape(character)),
  );
  return `${quote}${escaped}${quote}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const hexEscape = (character: string): string =>
  `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
