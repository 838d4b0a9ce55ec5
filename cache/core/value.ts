/**
 * Values: what parameters, lock entries and run-cache entries are made of.
 *
 * YAML and Python keep `1` and `1.0` apart, and DVC's hashes depend on it. A JavaScript number that is integral means
 * an integer here, any other number a float; a float whose value is integral is a `Float`. Integers beyond 2^53 are
 * `bigint`. Mappings are `Map`s: they keep their order whatever the keys look like, and `__proto__` is just a key.
 *
 * @module
 */

/** A floating-point number whose value happens to be integral: `1.0`, `1e16`. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export type Value = null | boolean | number | bigint | string | Float | ValueList | ValueMap;
export type ValueList = readonly Value[];
export type ValueMap = ReadonlyMap<string, Value>;

export const isList = (value: Value): value is ValueList => Array.isArray(value);

export const isMap = (value: Value): value is ValueMap => value instanceof Map;

/** Python's `==` on such values: `1 == 1.0`, the order of a mapping's keys does not count, that of a list does. */
export function equalValues(a: Value, b: Value): boolean {
  if (isMap(a)) {
    if (!isMap(b) || a.size !== b.size) return false;
    for (const [key, value] of a) {
      const other = b.get(key);
      if (other === undefined || !equalValues(value, other)) return false;
    }
    return true;
  }
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, i) => equalValues(item, b[i]!));
  }
  return comparable(a) === comparable(b);
}

/** Booleans equal 0 and 1, as in Python. */
function comparable(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value === 'boolean') return Number(value);
  return value;
}

/** Plain JavaScript data: maps become objects without a prototype, floats and safe big integers numbers. */
export function toPlain(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (isMap(value)) {
    const object = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of value) object[key] = toPlain(item);
    return object;
  }
  if (isList(value)) return value.map(toPlain);
  return value;
}
