/**
 * What a plain (unquoted) YAML scalar means: YAML 1.2's core schema as DVC's reader takes it, which also allows `_` in
 * numbers and `0b101`. `yes`, `off`, `12:30` and dates are text; `012` is twelve, `0o17` fifteen.
 *
 * @module
 */

import { Float } from '../../cache/index.ts';
import type { ScalarValue } from './yaml-node.ts';

const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const INTEGER = /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/;
const FLOAT =
  /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?)$/;
const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const NAN = /^\.(?:nan|NaN|NAN)$/;

export function plainScalar(text: string): ScalarValue {
  if (NULLS.has(text)) return null;
  const first = text.charCodeAt(0);
  if (first > 0x39) return BOOLEANS.get(text) ?? text;
  if (INTEGER.test(text)) return integer(text);
  if (FLOAT.test(text)) return floating(Number(text.replaceAll('_', '')));
  if (INFINITY.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (NAN.test(text)) return NaN;
  return text;
}

/** A float in our notation of values: only those with an integral value need to say so. */
export function floating(value: number): ScalarValue {
  return Number.isInteger(value) ? new Float(value) : value;
}

/** @param text Decimal digits, or digits after `0x`, `0o`, `0b`; with a sign and `_` between them. */
export function integer(text: string): ScalarValue {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const size = /^0[xob]$/.test(digits) ? 0n : BigInt(digits);
  const value = text.startsWith('-') ? -size : size;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
