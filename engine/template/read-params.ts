/**
 * A stage's `params`: keys of the default parameters' file, and other files with their keys.
 *
 * @module
 */

import type { Place } from '../core/index.ts';
import type { Dialect } from '../manifest/index.ts';
import { scalarText, type YamlMap, type YamlNode } from '../values/index.ts';
import { interpolate, type Scope } from './interpolate.ts';
import { normalizedPath } from './paths.ts';
import type { ResolvedParams } from './resolved-stage.ts';

interface Collected {
  readonly place: Place;
  readonly keys: Map<string, Place>;
  isWhole: boolean;
}

/** Files in the order in which they are first named. A file without keys is tracked whole, whatever keys stand elsewhere. */
export function readParams(
  node: YamlNode | undefined,
  defaultFile: string,
  scope: Scope,
  dialect: Dialect,
): readonly ResolvedParams[] {
  const filled = node === undefined ? undefined : interpolate(node, scope, 'refused');
  if (filled?.kind !== 'list') return [];
  const files = new Map<string, Collected>();
  const fileAt = (path: string, place: Place): Collected => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const fresh: Collected = { place, keys: new Map(), isWhole: false };
    files.set(path, fresh);
    return fresh;
  };
  for (const item of filled.items) {
    const place = { file: scope.file, range: item.range };
    if (item.kind === 'scalar') addKey(fileAt(defaultFile, place), scalarText(item.value), place);
    if (item.kind === 'map') addFiles(item, fileAt, scope, dialect);
  }
  return [...files].map(([file, { place, keys, isWhole }]) => ({
    file,
    keys: isWhole ? 'all' : [...keys].map(([key, keyPlace]) => ({ key, place: keyPlace })),
    place,
  }));
}

function addFiles(
  item: YamlMap,
  fileAt: (path: string, place: Place) => Collected,
  scope: Scope,
  dialect: Dialect,
): void {
  for (const entry of item.entries) {
    // As it is written, for DVC.
    const path = dialect === 'dvc' ? entry.key : normalizedPath(entry.key);
    const collected = fileAt(path, { file: scope.file, range: entry.keyRange });
    const keys = entry.value.kind === 'list' ? entry.value.items : [];
    if (keys.length === 0) collected.isWhole = true;
    for (const key of keys) {
      if (key.kind === 'scalar')
        addKey(collected, scalarText(key.value), { file: scope.file, range: key.range });
    }
  }
}

function addKey(collected: Collected, key: string, place: Place): void {
  if (!collected.keys.has(key)) collected.keys.set(key, place);
}
