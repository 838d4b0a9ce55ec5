/**
 * A tree of values as a list: one entry for each leaf, under its dotted key. Lists are leaves; an empty mapping has none.
 *
 * @module
 */

import { isMap, type Value } from '../../cache/index.ts';

/** A value that is no mapping stands under the empty key. */
export function flattenValue(value: Value, prefix = ''): ReadonlyMap<string, Value> {
  if (!isMap(value)) return new Map([[prefix, value]]);
  return new Map(
    [...value].flatMap(([key, item]) => [...flattenValue(item, prefix === '' ? key : `${prefix}.${key}`)]),
  );
}
