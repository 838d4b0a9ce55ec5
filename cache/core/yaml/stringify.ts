/**
 * Value -> YAML text, as DVC (ruamel.yaml) lays out its lock: indent 2, sequences not indented, plain scalars where
 * they can be. Other than DVC's, lines are never folded: folding is what loses blanks.
 *
 * It needs no package, and both YAML readers that matter (`yaml` and ruamel) read the same value back.
 *
 * @module
 */

import { pythonFloat } from '../python-float.ts';
import { Float, isList, isMap, type Value, type ValueList, type ValueMap } from '../value.ts';
import { yamlString } from './string-style.ts';

/** Ends with a line break. */
export function stringifyYaml(value: Value): string {
  if (isMap(value) && value.size > 0) return `${mapLines(value).join('\n')}\n`;
  if (isList(value) && value.length > 0) return `${listLines(value).join('\n')}\n`;
  return value === null ? 'null\n' : `${inline(value)}\n`;
}

/** ruamel writes keys from 123 code points on as `? key`; readers refuse simple ones of more than 1,024. */
const isComplexKey = (key: string): boolean => /^.{123}|[\n\u0085\u2028\u2029]/u.test(key);

function mapLines(map: ValueMap): readonly string[] {
  return [...map].flatMap(([key, value]) => {
    const text = yamlString(key);
    if (isComplexKey(key)) return [`? ${text}`, ...(value === null ? [':'] : hang(': ', value))];
    if (isMap(value) && value.size > 0) return [`${text}:`, ...mapLines(value).map(indent)];
    if (isList(value) && value.length > 0) return [`${text}:`, ...listLines(value)];
    return value === null ? `${text}:` : `${text}: ${inline(value)}`;
  });
}

const listLines = (list: ValueList): readonly string[] => list.flatMap((item) => hang('- ', item));

/** The value's lines behind a mark of two characters. */
function hang(mark: string, value: Value): readonly string[] {
  if (isMap(value) && value.size > 0) return hangLines(mark, mapLines(value));
  if (isList(value) && value.length > 0) return hangLines(mark, listLines(value));
  return [`${mark}${inline(value)}`];
}

const hangLines = (mark: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, i) => (i === 0 ? mark + line : indent(line)));

const indent = (line: string): string => `  ${line}`;

function inline(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return yamlString(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value).toString() : float(value);
  if (value instanceof Float) return float(value.value);
  return isList(value) ? '[]' : '{}';
}

function float(value: number): string {
  if (Number.isFinite(value)) return pythonFloat(value);
  if (Number.isNaN(value)) return '.nan';
  return value > 0 ? '.inf' : '-.inf';
}
