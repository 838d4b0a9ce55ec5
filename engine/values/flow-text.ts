/**
 * Values as text on one line that reads back as the same value: YAML in flow style, or JSON.
 *
 * @module
 */

import { Float, isList, isMap, pythonFloat, type Value } from '../../cache/index.ts';
import { plainScalar } from './plain-scalar.ts';

export type Syntax = 'yaml' | 'json';

/** Text that means the same wherever a value may stand, and no other value. */
const PLAIN = /^[A-Za-z_](?:[\w./+-]| (?=\S))*$/;
/** JSON leaves these as they are; YAML's readers would take some as line breaks. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

export function flowText(value: Value, syntax: Syntax): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return textOf(value, syntax);
  if (value instanceof Float) return floatOf(value.value, syntax);
  if (typeof value === 'number' && !Number.isInteger(value)) return floatOf(value, syntax);
  if (isList(value)) return `[${value.map((item) => flowText(item, syntax)).join(', ')}]`;
  if (!isMap(value)) return String(value);
  const entries = [...value].map(([key, item]) => `${textOf(key, syntax)}: ${flowText(item, syntax)}`);
  return `{${entries.join(', ')}}`;
}

function textOf(text: string, syntax: Syntax): string {
  if (syntax === 'yaml' && PLAIN.test(text) && plainScalar(text) === text) return text;
  return JSON.stringify(text).replace(
    UNSAFE,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function floatOf(value: number, syntax: Syntax): string {
  if (Number.isFinite(value)) return pythonFloat(value);
  if (Number.isNaN(value)) return syntax === 'yaml' ? '.nan' : 'NaN';
  const infinity = syntax === 'yaml' ? '.inf' : 'Infinity';
  return value > 0 ? infinity : `-${infinity}`;
}
