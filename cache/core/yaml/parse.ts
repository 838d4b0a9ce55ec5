/**
 * YAML text -> Value.
 *
 * The `yaml` package is loaded when a text is first parsed: it costs 43 ms, and those who only hash or write need not
 * pay for it. Merge keys (`<<`) are plain keys. Keys that are not strings
 * become what Python's JSON makes of them (`1`, `1.0`, `true`, `null`).
 *
 * @module
 */

import { createRequire } from 'node:module';
import type { Alias, Document, Node, Scalar } from 'yaml';
import { pythonJson } from '../python-json.ts';
import { Float, type Value } from '../value.ts';
import { parseBlockYaml } from './parse-block.ts';
import { float, resolvePlainScalar } from './plain-scalar.ts';

type YamlPackage = typeof import('yaml');

const load = createRequire(import.meta.url);

/** The text is not YAML, or not YAML that we accept. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  /** UTF-16 index into the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Nodes that aliases may unfold into, together: enough for any file that a person wrote, too few for a bomb. */
const MAX_ALIASED_NODES = 100_000;
const MAX_DEPTH = 400;

/**
 * An empty text is null. Aliases unfold into shared values.
 *
 * @throws {YamlError} On bad syntax, a duplicate key, a tag that the core schema lacks, too many aliases.
 */
export function parseYamlValue(text: string): Value {
  return parseBlockYaml(text) ?? parseAnyYaml(text);
}

function parseAnyYaml(text: string): Value {
  const yaml = load('yaml') as YamlPackage;
  const document = parse(yaml, text);
  const problem = document.errors[0];
  if (problem !== undefined) throw new YamlError(problem.message, problem.pos[0]);
  return document.contents === null ? null : new Reader(yaml).read(document.contents, 0);
}

function parse({ parseDocument }: YamlPackage, text: string): Document.Parsed {
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError('Nested too deeply', 0);
    throw error;
  }
}

class Reader {
  readonly #yaml: YamlPackage;
  /** The node that a name last stood for, in the order of the text; undefined while that node is being read. */
  readonly #anchors = new Map<string, Node | undefined>();
  #aliasedNodes = 0;
  #aliasDepth = 0;

  constructor(yaml: YamlPackage) {
    this.#yaml = yaml;
  }

  read(node: Node, depth: number): Value {
    if (depth > MAX_DEPTH) throw new YamlError('Nested too deeply', startOf(node));
    if (this.#aliasDepth > 0 && ++this.#aliasedNodes > MAX_ALIASED_NODES) {
      throw new YamlError('Aliases unfold into too many nodes', startOf(node));
    }
    if (this.#yaml.isAlias(node)) return this.#readAlias(node, depth);
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const value = this.#readContent(node, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return value;
  }

  #readAlias(alias: Alias, depth: number): Value {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      throw new YamlError(`The alias "${alias.source}" stands for nothing before it`, startOf(alias));
    }
    this.#aliasDepth += 1;
    const value = this.read(target, depth + 1);
    this.#aliasDepth -= 1;
    return value;
  }

  #readContent(node: Node, depth: number): Value {
    const { isMap, isScalar, isSeq } = this.#yaml;
    if (isScalar(node)) return readScalar(node);
    const { tag } = node as { readonly tag?: string };
    if (isSeq<Node>(node) && (tag ?? SEQ) === SEQ)
      return node.items.map((item) => this.read(item, depth + 1));
    if (!isMap<Node, Node | null>(node) || (tag ?? MAP) !== MAP) throw unknownTag(node, tag);
    const map = new Map<string, Value>();
    for (const { key, value } of node.items) {
      const name = this.#readKey(key, depth);
      if (map.has(name)) throw new YamlError(`Duplicate key "${name}"`, startOf(key));
      map.set(name, value === null ? null : this.read(value, depth + 1));
    }
    return map;
  }

  #readKey(node: Node, depth: number): string {
    const key = this.read(node, depth + 1);
    if (typeof key === 'string') return key;
    if (key instanceof Map || Array.isArray(key))
      throw new YamlError('A key must be a scalar', startOf(node));
    return pythonJson(key);
  }
}

const MAP = 'tag:yaml.org,2002:map';
const SEQ = 'tag:yaml.org,2002:seq';

function readScalar(node: Scalar): Value {
  const { tag, type, value, source = '' } = node;
  if (tag === undefined) return type === 'PLAIN' ? resolvePlainScalar(source) : String(value);
  if (tag === 'tag:yaml.org,2002:str' || tag === '!') return source;
  const resolved = resolvePlainScalar(source);
  if (TYPES.get(tag)?.(resolved) !== true) throw unknownTag(node, tag);
  return tag.endsWith(':float') && typeof resolved === 'number' ? float(resolved) : resolved;
}

const isInteger = (value: Value): boolean => typeof value === 'bigint' || Number.isInteger(value);

/** What the tags that can be written out demand of a scalar. */
const TYPES: ReadonlyMap<string, (value: Value) => boolean> = new Map([
  ['tag:yaml.org,2002:null', (value) => value === null],
  ['tag:yaml.org,2002:bool', (value) => typeof value === 'boolean'],
  ['tag:yaml.org,2002:int', isInteger],
  ['tag:yaml.org,2002:float', (value) => typeof value === 'number' || value instanceof Float],
]);

const unknownTag = (node: Node, tag: string | undefined): YamlError =>
  new YamlError(`Cannot read this as "${tag ?? 'a value'}"`, startOf(node));

const startOf = (node: Node): number => node.range?.[0] ?? 0;
