/**
 * A context's value where a template stood.
 *
 * @module
 */

import type { Range } from '../core/index.ts';
import type { YamlNode } from '../values/index.ts';
import type { ContextNode } from './context.ts';

/** @param range Of the template: the manifest is where a person has to look. */
export function nodeOfContext(node: ContextNode, range: Range): YamlNode {
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', value: node.value, range };
    case 'list':
      return { kind: 'list', items: node.items.map((item) => nodeOfContext(item, range)), range };
    case 'map': {
      const entries = [...node.entries].map(([key, value]) => ({
        key,
        keyRange: range,
        value: nodeOfContext(value, range),
      }));
      return { kind: 'map', entries, range };
    }
  }
}
