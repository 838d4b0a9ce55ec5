/**
 * Scalars as the text that Python's `str` makes of them, but `true` and `false` in lower case: what DVC puts in the
 * place of a template.
 *
 * @module
 */

import { Float } from '../../cache/index.ts';
import type { ScalarValue } from './yaml-node.ts';

export function scalarText(value: ScalarValue): string {
  if (value === null) return 'None';
  if (value instanceof Float) return floatText(value.value);
  if (typeof value === 'number' && !Number.isInteger(value)) return floatText(value);
  return String(value);
}

/** Python's `repr` of a float: the same shortest digits as JavaScript's, an exponent below 1e-4 and from 1e16 on. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = String(value).includes('e')
    ? value.toFixed(Math.max(0, mantissa.length - 2 - power))
    : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}
