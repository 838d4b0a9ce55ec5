/**
 * DVC's dotted keys: `a.b.0` is the first item of the list `b` in `a`. A key that itself holds a dot cannot be named.
 *
 * @module
 */

import { entryOf, type YamlNode } from './yaml-node.ts';

/** The node at the key; `undefined` where there is none. */
export function lookUp(node: YamlNode, key: string): YamlNode | undefined {
  let current: YamlNode | undefined = node;
  for (const part of key.split('.')) {
    if (current === undefined) return undefined;
    current = childOf(current, part);
  }
  return current;
}

function childOf(node: YamlNode, part: string): YamlNode | undefined {
  if (node.kind === 'map') return entryOf(node, part)?.value;
  if (node.kind === 'list' && /^\d+$/.test(part)) return node.items[Number(part)];
  return undefined;
}
