/**
 * A YAML (or JSON, or TOML) node with its place, so that every later error can still point into the file.
 *
 * An alias stands for its anchor's node: nodes are shared, and a node's range may lie before its parent's.
 *
 * @module
 */

import type { Value } from '../../cache/index.ts';
import type { Range } from '../core/index.ts';

export type YamlNode = YamlScalar | YamlList | YamlMap;

export type ScalarValue = Exclude<Value, readonly unknown[] | ReadonlyMap<string, unknown>>;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  readonly range: Range;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly range: Range;
}

/** Keys are unique. */
export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly range: Range;
}

export interface YamlEntry {
  readonly key: string;
  /** A key such as `1`, `true` or `null`: `key` is its text, templates cannot name it. */
  readonly isTyped?: true;
  readonly keyRange: Range;
  readonly value: YamlNode;
}

/** The value of a map's key. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

export const isText = (node: YamlNode): node is YamlScalar & { readonly value: string } =>
  node.kind === 'scalar' && typeof node.value === 'string';
