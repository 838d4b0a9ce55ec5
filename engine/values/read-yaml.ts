/**
 * YAML text to nodes with places. Only what JSON could say: maps with text keys, lists, scalars; aliases and merge keys
 * (`<<`) are resolved here, and a text whose aliases would unfold without bound is refused.
 *
 * @module
 */

import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, Range, SourceFile } from '../core/index.ts';
import { conflictMarkers } from './conflict-markers.ts';
import { floating, plainScalar } from './plain-scalar.ts';
import { explainYamlErrors } from './yaml-errors.ts';
import type { ScalarValue, YamlEntry, YamlMap, YamlNode } from './yaml-node.ts';

/** More nodes than this behind aliases is an attack, or a mistake. */
const MAX_ALIASED_NODES = 500_000;
const CORE_TAG = 'tag:yaml.org,2002:';

/** An empty text is a null scalar. */
export function readYaml(file: SourceFile): Result<YamlNode, readonly Diagnostic[]> {
  const conflicts = conflictMarkers(file);
  if (conflicts.length > 0) return err(conflicts);
  const document = parseDocument(file.text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  if (document.errors.length > 0) return err(explainYamlErrors(file, document));
  return new Reading(file).read(document);
}

/** One pass over a document: anchors are known from where they stand on. */
class Reading {
  readonly #file: SourceFile;
  readonly #diagnostics: Diagnostic[] = [];
  /** The latest node of each anchor with its unfolded size; `open` while it is being read. */
  readonly #anchors = new Map<string, { readonly node: YamlNode; readonly size: number } | 'open'>();
  #nodes = 0;
  #aliasedNodes = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  read(document: Document.Parsed): Result<YamlNode, readonly Diagnostic[]> {
    const node = this.#node(document.contents, { start: 0, end: 0 });
    return this.#diagnostics.length > 0 ? err(this.#diagnostics) : ok(node);
  }

  #node(node: Node | null, nowhere: Range): YamlNode {
    this.#nodes++;
    if (node === null) return { kind: 'scalar', value: null, range: nowhere };
    const range = rangeOf(node);
    if (isAlias(node)) return this.#alias(node.source, range);
    const { anchor } = node as { readonly anchor?: string };
    if (anchor === undefined) return this.#content(node, range);
    this.#anchors.set(anchor, 'open');
    const nodesBefore = this.#nodes;
    const read = this.#content(node, range);
    this.#anchors.set(anchor, { node: read, size: this.#nodes - nodesBefore + 1 });
    return read;
  }

  #content(node: Node, range: Range): YamlNode {
    if (isMap<Node, Node | null>(node)) {
      this.#checkTag(node.tag, 'map', range);
      return this.#map(node.items, range);
    }
    if (isSeq<Node | null>(node)) {
      this.#checkTag(node.tag, 'seq', range);
      return { kind: 'list', items: node.items.map((item) => this.#node(item, range)), range };
    }
    if (!isScalar(node)) throw new Error('Bug: a YAML node that is neither a collection nor a scalar');
    return { kind: 'scalar', value: this.#scalar(node, range), range };
  }

  #map(pairs: readonly { readonly key: Node; readonly value: Node | null }[], range: Range): YamlMap {
    const own = new Map<string, YamlEntry>();
    let merged: readonly YamlEntry[] = [];
    for (const pair of pairs) {
      const keyRange = rangeOf(pair.key);
      const key = this.#key(pair.key, keyRange);
      const value = this.#node(pair.value, { start: keyRange.end, end: keyRange.end });
      const first = key === undefined ? undefined : own.get(key.text);
      if (key === undefined) continue;
      if (first !== undefined) this.#duplicateKey(key.text, keyRange, first.keyRange);
      else if (key.isMerge) merged = this.#merged(value, keyRange);
      else own.set(key.text, { key: key.text, ...(key.isTyped && { isTyped: true }), keyRange, value });
    }
    if (merged.length === 0) return { kind: 'map', entries: [...own.values()], range };
    const entries = new Map(merged.map((entry) => [entry.key, entry]));
    for (const [key, entry] of own) entries.set(key, entry);
    return { kind: 'map', entries: [...entries.values()], range };
  }

  #key(node: Node, range: Range) {
    this.#nodes++;
    if (isScalar(node)) {
      const text = typeof node.source === 'string' ? node.source : String(node.value);
      const value = this.#scalar(node, range);
      const isMerge = text === '<<' && node.type === Scalar.PLAIN;
      return { text: typeof value === 'string' ? value : text, isTyped: typeof value !== 'string', isMerge };
    }
    const target = isAlias(node) ? this.#alias(node.source, range) : undefined;
    if (target?.kind === 'scalar' && typeof target.value === 'string') {
      return { text: target.value, isTyped: false, isMerge: false };
    }
    this.#report({ code: 'E_YAML_KEY', message: 'A key must be text, not a list or a mapping' }, range);
    return undefined;
  }

  /** The entries that `<<` brings; of two maps the earlier wins. */
  #merged(value: YamlNode, keyRange: Range): readonly YamlEntry[] {
    const entries = new Map<string, YamlEntry>();
    for (const source of value.kind === 'list' ? value.items : [value]) {
      if (source.kind !== 'map') {
        this.#report({ code: 'E_YAML_MERGE', message: 'Only mappings can be merged with "<<"' }, keyRange);
        continue;
      }
      for (const entry of source.entries) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
    return [...entries.values()];
  }

  #alias(name: string, range: Range): YamlNode {
    const target = this.#anchors.get(name);
    const nothing: YamlNode = { kind: 'scalar', value: null, range };
    if (target === undefined) {
      this.#report(
        { code: 'E_YAML_ALIAS', message: `Alias "*${name}" has no anchor "&${name}" before it` },
        range,
      );
      return nothing;
    }
    if (target === 'open') {
      const message = `Alias "*${name}" stands inside of what it refers to, which would never end`;
      this.#report({ code: 'E_YAML_ALIASES', message }, range);
      return nothing;
    }
    if (this.#aliasedNodes > MAX_ALIASED_NODES) return nothing;
    this.#nodes += target.size;
    this.#aliasedNodes += target.size;
    if (this.#aliasedNodes > MAX_ALIASED_NODES) {
      const message = `Aliases unfold to more than ${MAX_ALIASED_NODES} values`;
      const hint = 'write fewer aliases of aliases; files that grow like this are made to exhaust memory';
      this.#report({ code: 'E_YAML_ALIASES', message, hint }, range);
      return nothing;
    }
    return target.node;
  }

  #scalar(node: Scalar, range: Range): ScalarValue {
    const isPlain = node.type === Scalar.PLAIN;
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    if (node.tag === undefined) return isPlain ? plainScalar(text) : text;
    const tag = node.tag.startsWith(CORE_TAG) ? node.tag.slice(CORE_TAG.length) : node.tag;
    if (tag === 'str' || tag === '!') return text;
    const value = plainScalar(text);
    if (tag === 'int' && (typeof value === 'bigint' || Number.isInteger(value))) return value;
    if (tag === 'float' && typeof value !== 'string' && typeof value !== 'boolean' && value !== null) {
      return typeof value === 'object' ? value : floating(Number(value));
    }
    if (tag === 'bool' && typeof value === 'boolean') return value;
    if (tag === 'null' && value === null) return value;
    this.#unsupportedTag(node.tag, range);
    return null;
  }

  #checkTag(tag: string | undefined, expected: 'map' | 'seq', range: Range): void {
    if (tag === undefined || tag === '!' || tag === CORE_TAG + expected) return;
    this.#unsupportedTag(tag, range);
  }

  /** @param value Where what has the tag starts: the tag stands before it. */
  #unsupportedTag(tag: string, value: Range): void {
    const before = /!\S*\s+$/.exec(this.#file.text.slice(0, value.start));
    const start = before?.index ?? value.start;
    const range = { start, end: start + (before?.[0].trimEnd().length ?? 0) };
    this.#report({ code: 'E_YAML_TAG', message: `Tag "${shownTag(tag)}" is not supported here` }, range);
  }

  #duplicateKey(key: string, range: Range, first: Range): void {
    const related = [{ message: 'it is first set here', place: { file: this.#file, range: first } }];
    this.#report({ code: 'E_DUPLICATE_KEY', message: `Duplicate key "${key}"`, related }, range);
  }

  #report(diagnostic: Diagnostic, range: Range): void {
    this.#diagnostics.push({ ...diagnostic, place: { file: this.#file, range } });
  }
}

function rangeOf(node: Node): Range {
  const [start, end] = node.range!;
  return { start, end };
}

const shownTag = (tag: string): string =>
  tag.startsWith(CORE_TAG) ? `!!${tag.slice(CORE_TAG.length)}` : tag;
