/**
 * Values in a table: numbers short enough to compare, everything else as YAML writes it.
 *
 * @module
 */

import { Float, pythonFloat, type Value } from '../../../cache/index.ts';
import { flowText } from '../../values/index.ts';

/** What stands where there is no value. */
const NOTHING = '-';

/** @param precision Significant digits of a float; digits before the point are never cut. Without, all that it has. */
export function shownValue(value: Value | undefined, precision?: number): string {
  if (value === undefined) return NOTHING;
  if (typeof value === 'string') return value;
  const float = floatOf(value);
  if (float !== undefined && precision !== undefined) return rounded(float, precision);
  return flowText(value, 'yaml');
}

/** New minus old, with its sign, where both are numbers. */
export function shownChange(was: Value | undefined, is: Value | undefined, precision: number): string {
  if (typeof was === 'boolean' || typeof is === 'boolean') return NOTHING;
  const change = difference(was, is);
  if (change === undefined) return NOTHING;
  const isGrowth = Number(change instanceof Float ? change.value : change) > 0;
  return `${isGrowth ? '+' : ''}${shownValue(change, precision)}`;
}

/** New minus old as Python has it: booleans are 0 and 1, integers have any size. Undefined where one is no number. */
export function difference(
  was: Value | undefined,
  is: Value | undefined,
): number | bigint | Float | undefined {
  const [before, after] = [numberOf(was), numberOf(is)];
  if (before === undefined || after === undefined) return undefined;
  if (before.isInteger && after.isInteger) {
    const exact = BigInt(after.value) - BigInt(before.value);
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }
  return new Float(Number(after.value) - Number(before.value));
}

function numberOf(value: Value | undefined) {
  if (typeof value === 'boolean') return { value: Number(value), isInteger: true };
  if (typeof value === 'bigint') return { value, isInteger: true };
  if (typeof value === 'number') return { value, isInteger: Number.isInteger(value) };
  return value instanceof Float ? { value: value.value, isInteger: false } : undefined;
}

function floatOf(value: Value): number | undefined {
  if (value instanceof Float) return value.value;
  return typeof value === 'number' && !Number.isInteger(value) ? value : undefined;
}

function rounded(value: number, precision: number): string {
  if (!Number.isFinite(value)) return flowText(value, 'yaml');
  const digitsBefore = Math.floor(Math.log10(Math.abs(value))) + 1;
  const short = Number(value.toPrecision(Math.min(100, Math.max(precision, digitsBefore))));
  const text = pythonFloat(short);
  return short === value ? text : text.replace(/\.0$/, '');
}
