/**
 * Python's JSON, to the byte: DVC hashes such texts, so ours must be equal.
 *
 * @module
 */

import { compareCodePoints } from './code-points.ts';
import { pythonFloat } from './python-float.ts';
import { Float, isList, isMap, type Value } from './value.ts';

/** `json.dumps(value, sort_keys=True)`: ASCII only, `", "` and `": "`, keys in code-point order. */
export function pythonJson(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value).toString() : float(value);
  if (value instanceof Float) return float(value.value);
  if (isList(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (!isMap(value)) throw new TypeError('Not a value');
  const entries = [...value].sort(([a], [b]) => compareCodePoints(a, b));
  return `{${entries.map(([key, item]) => `${quote(key)}: ${pythonJson(item)}`).join(', ')}}`;
}

function float(value: number): string {
  if (Number.isFinite(value)) return pythonFloat(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

// JSON.stringify escapes the quotation mark, the backslash, control characters (short where JSON has a short form, as
// Python) and lone surrogates; the rest of what is not printable ASCII is left.
const quote = (text: string): string => JSON.stringify(text).replace(/[^ -~]/g, escapeUnit);

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
