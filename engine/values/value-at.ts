/**
 * Paths into nodes and values: keys of mappings, indexes of lists.
 *
 * @module
 */

import { isList, isMap, type Value } from '../../cache/index.ts';
import type { YamlNode } from './yaml-node.ts';

/** The node at a path; undefined where there is none. */
export function nodeAt(root: YamlNode, path: readonly string[]): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const part of path) {
    if (node?.kind === 'map') node = node.entries.find(({ key }) => key === part)?.value;
    else node = node?.kind === 'list' && /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
  }
  return node;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: Value, path: readonly string[]): Value | undefined {
  let value: Value | undefined = root;
  for (const part of path) {
    if (value === undefined) return undefined;
    if (isMap(value)) value = value.get(part);
    else value = isList(value) && /^\d+$/.test(part) ? value[Number(part)] : undefined;
  }
  return value;
}

/**
 * The value with another one at a path, or without it.
 *
 * @param wanted Undefined removes what is there.
 * @returns Undefined where the path leads nowhere: what stands there has no keys.
 */
export function withValue(
  root: Value,
  path: readonly string[],
  wanted: Value | undefined,
): Value | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return wanted;
  if (isList(root)) {
    const item = withValue(root[Number(part)] ?? null, rest, wanted);
    return item === undefined ? undefined : root.map((each, i) => (i === Number(part) ? item : each));
  }
  if (!isMap(root) && root !== null) return undefined;
  const map = new Map(root ?? []);
  const item = withValue(map.get(part) ?? null, rest, wanted);
  if (item === undefined) map.delete(part);
  else map.set(part, item);
  return map;
}
