/**
 * Nodes to values, their places forgotten.
 *
 * @module
 */

import type { Value } from '../../cache/index.ts';
import type { YamlNode } from './yaml-node.ts';

export function toValue(node: YamlNode): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toValue);
    case 'map':
      return new Map(node.entries.map((entry) => [entry.key, toValue(entry.value)]));
  }
}
