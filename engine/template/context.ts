/**
 * What templates can name: values with the place that each comes from. Contexts are immutable; a stage's `vars` and a
 * group's `item` make a new one.
 *
 * @module
 */

import type { Place, SourceFile } from '../core/index.ts';
import type { ScalarValue, YamlMap, YamlNode } from '../values/index.ts';

export type ContextNode = ContextScalar | ContextList | ContextMap;

interface Origin {
  /** The file or `vars[0]`, as a person would name it. */
  readonly source: string;
  readonly place: Place;
}

export interface ContextScalar extends Origin {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
}

export interface ContextList extends Origin {
  readonly kind: 'list';
  readonly items: readonly ContextNode[];
}

/** Without keys such as `1` or `true`: a template cannot name them. */
export interface ContextMap extends Origin {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ContextNode>;
}

export interface Context {
  readonly values: ReadonlyMap<string, ContextNode>;
  /** Files that were loaded, relative to the root: whole, or some keys of them. */
  readonly imports: ReadonlyMap<string, 'whole' | ReadonlySet<string>>;
  /** `item` and `key` inside of a group: `vars` must leave them alone. */
  readonly reserved: ReadonlySet<string>;
}

export const EMPTY_CONTEXT: Context = { values: new Map(), imports: new Map(), reserved: new Set() };

export function contextNodeOf(node: YamlNode, source: string, file: SourceFile): ContextNode {
  const place = { file, range: node.range };
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', value: node.value, source, place };
    case 'list':
      return {
        kind: 'list',
        items: node.items.map((item) => contextNodeOf(item, source, file)),
        source,
        place,
      };
    case 'map':
      return contextMapOf(node, source, file);
  }
}

/** The place of an entry's value is its key: what a message about it points at. */
export function contextMapOf(node: YamlMap, source: string, file: SourceFile): ContextMap {
  const entries = new Map<string, ContextNode>();
  for (const entry of node.entries) {
    if (entry.isTyped === true) continue;
    const value = contextNodeOf(entry.value, source, file);
    entries.set(entry.key, { ...value, place: { file, range: entry.keyRange } });
  }
  return { kind: 'map', entries, source, place: { file, range: node.range } };
}

/** A group's `item` and `key`, over what had these names before. */
export function withReserved(context: Context, values: ReadonlyMap<string, ContextNode>): Context {
  return {
    values: new Map([...context.values, ...values]),
    imports: context.imports,
    reserved: new Set([...context.reserved, ...values.keys()]),
  };
}

export type Selection =
  | { readonly kind: 'found'; readonly node: ContextNode }
  /**
   * @property parent What has no such part; `undefined` at the top.
   * @property depth How many words were found.
   */
  | {
      readonly kind: 'missing';
      readonly parent: ContextNode | undefined;
      readonly candidates: readonly string[];
      readonly depth: number;
    };

/** @param words At least one. */
export function select(context: Context, words: readonly string[]): Selection {
  let node: ContextNode | undefined;
  for (const [depth, word] of words.entries()) {
    const entries = depth === 0 ? context.values : node?.kind === 'map' ? node.entries : undefined;
    const next: ContextNode | undefined =
      node?.kind === 'list' ? itemAt(node.items, word) : entries?.get(word);
    if (next === undefined)
      return { kind: 'missing', parent: node, candidates: [...(entries?.keys() ?? [])], depth };
    node = next;
  }
  return { kind: 'found', node: node! };
}

/** @param word An index, from the end if negative. */
function itemAt(items: readonly ContextNode[], word: string): ContextNode | undefined {
  return /^[-+]?\d+$/.test(word) ? items.at(Number(word)) : undefined;
}
