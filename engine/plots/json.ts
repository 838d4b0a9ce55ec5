/**
 * JSON, as specifications are written.
 *
 * @module
 */

import { Float, isList, isMap, type Value } from '../../cache/index.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Integers lose what a double cannot hold. */
export function jsonOf(value: Value): Json {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, jsonOf(item)]));
  return isList(value) ? value.map(jsonOf) : value;
}
