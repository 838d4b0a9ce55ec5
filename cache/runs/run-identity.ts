/**
 * Names of run-cache entries: what was run over which inputs (the key), and with which result (the value). DVC's
 * algorithm, over whatever keys the entry has.
 *
 * Sizes and counts do not take part, at any depth, also where a parameter happens to be called `size` or `nfiles`:
 * who finds an entry by its key still has to compare it whole.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { isList, isMap, pythonJson, type Value, type ValueMap } from '../core/index.ts';

/** SHA-256, hex, of the entry with `outs` reduced to their paths. */
export function runKey(entry: ValueMap): string {
  const outs = entry.get('outs') ?? [];
  if (!isList(outs)) throw new TypeError('"outs" must be a list');
  return digestOf(new Map(entry).set('outs', outs.map(pathOf)));
}

/** SHA-256, hex, of the whole entry. */
export const runValue = (entry: ValueMap): string => digestOf(entry);

function pathOf(out: Value): Value {
  const path = isMap(out) ? out.get('path') : undefined;
  if (path === undefined) throw new TypeError('An out must have a "path"');
  return path;
}

const digestOf = (value: Value): string =>
  createHash('sha256')
    .update(pythonJson(withoutSizes(value)))
    .digest('hex');

function withoutSizes(value: Value): Value {
  if (isList(value)) return value.map(withoutSizes);
  if (!isMap(value)) return value;
  const kept = [...value].filter(([key]) => key !== 'size' && key !== 'nfiles');
  return new Map(kept.map(([key, item]) => [key, withoutSizes(item)]));
}
