/**
 * What an unquoted YAML scalar means: YAML 1.2's core schema as ruamel.yaml, and so DVC, reads it. Beyond the core
 * schema that is `1_000`, `0b101` and `012` (decimal). Dates stay strings.
 *
 * @module
 */

import { Float, type Value } from '../value.ts';

export type Scalar = Exclude<Value, readonly unknown[] | ReadonlyMap<string, unknown>>;

const CONSTANTS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, false] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((text) => [text, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((text) => [text, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map((text) => [text, NaN] as const),
]);

const INTEGER =
  /^[-+]?(?:0b[01_]*[01][01_]*|0o[0-7_]*[0-7][0-7_]*|0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|[0-9][0-9_]*)$/;
const FLOAT =
  /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)|\.[0-9_]*[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const MAY_BE_CONSTANT = /^(?:[~ntfNTF]|[-+]?\.[inIN]|$)/;
const MAY_BE_NUMBER = /^[-+.0-9]/;

/** @param text As it stands in the file, without quotes, tag or anchor. */
export function resolvePlainScalar(text: string): Scalar {
  if (MAY_BE_CONSTANT.test(text)) {
    const constant = CONSTANTS.get(text);
    if (constant !== undefined) return constant;
  }
  if (!MAY_BE_NUMBER.test(text)) return text;
  if (INTEGER.test(text)) return integer(text.replaceAll('_', ''));
  if (FLOAT.test(text)) return float(Number(text.replaceAll('_', '')));
  return text;
}

/** A float as a value: a `Float` where the number alone would mean an integer. */
export const float = (value: number): number | Float => (Number.isInteger(value) ? new Float(value) : value);

function integer(text: string): number | bigint {
  const negative = text.startsWith('-');
  const magnitude = BigInt(text.replace(/^[-+]/, ''));
  return fromBigInt(negative ? -magnitude : magnitude);
}

const fromBigInt = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};
