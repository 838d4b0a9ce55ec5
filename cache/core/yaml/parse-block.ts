/**
 * The YAML that `stringifyYaml` writes, read back fast: block maps and lists, scalars on one line, no comment.
 *
 * A lock of a thousand stages takes the `yaml` package most of a second, and nearly every lock is as it was written. Who
 * finds anything else in a text (or any doubt) gets `undefined` and asks the full reader, which also says what is wrong.
 *
 * @module
 */

import type { Value } from '../value.ts';
import { resolvePlainScalar } from './plain-scalar.ts';

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** What keeps a text from being read here. */
class Unusual extends Error {}

const MAX_DEPTH = 100;
const MAX_KEY_LENGTH = 1000;
/** A tab, a carriage return, a control character, anything that our writer escapes. */
const UNUSUAL_CHARACTER = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
/** Starts with an indicator or is no plain scalar for other reasons. */
const NOT_PLAIN = /^[#,[\]{}&*!|>'"%@`]|^[-?:](?: |$)|^---|^\.\.\.|^<<$|^ | $|: |:$| #/;
/** Quotes, and what stands behind them; escapes as JSON has them. */
const QUOTED = /^(?:'([^']*)'|("(?:[^"\\]|\\["\\bfnrt]|\\u[0-9A-Fa-f]{4})*"))(:(?: |$))?/;

/** @returns Undefined unless the text is a non-empty map of that kind. */
export function parseBlockYaml(text: string): Value | undefined {
  if (!text.endsWith('\n') || UNUSUAL_CHARACTER.test(text)) return undefined;
  try {
    return new BlockReader(text).read();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

class BlockReader {
  readonly #lines: Line[];
  #next = 0;

  constructor(text: string) {
    this.#lines = text.slice(0, -1).split('\n').map(lineOf);
  }

  read(): Value {
    const value = this.#map(0, 0);
    if (this.#next < this.#lines.length) throw new Unusual();
    return value;
  }

  #map(indent: number, depth: number): Value {
    if (depth > MAX_DEPTH) throw new Unusual();
    const map = new Map<string, Value>();
    for (let line = this.#lineAt(indent); line !== undefined; line = this.#lineAt(indent)) {
      const entry = splitEntry(line.text);
      if (entry === undefined || map.has(entry.key)) throw new Unusual();
      this.#next += 1;
      map.set(entry.key, entry.value === '' ? this.#below(indent, depth) : scalar(entry.value));
    }
    if (map.size === 0) throw new Unusual();
    return map;
  }

  /** What stands below a key: a map further in, a list at the key's own indent, or nothing. */
  #below(indent: number, depth: number): Value {
    const line = this.#lines[this.#next];
    if (line?.indent === indent && line.text.startsWith('- ')) return this.#list(indent, depth + 1);
    return line?.indent === indent + 2 && !line.text.startsWith('- ')
      ? this.#map(indent + 2, depth + 1)
      : null;
  }

  #list(indent: number, depth: number): Value {
    if (depth > MAX_DEPTH) throw new Unusual();
    const items: Value[] = [];
    for (let line = this.#lineAt(indent); line?.text.startsWith('- ') === true; line = this.#lineAt(indent)) {
      const text = line.text.slice(2);
      if (text.startsWith('- ') || splitEntry(text) !== undefined) {
        this.#lines[this.#next] = { indent: indent + 2, text };
        items.push(
          text.startsWith('- ') ? this.#list(indent + 2, depth + 1) : this.#map(indent + 2, depth + 1),
        );
      } else {
        this.#next += 1;
        items.push(scalar(text));
      }
    }
    return items;
  }

  /** The next line if it stands at this indent; a deeper one would go on with a scalar before it. */
  #lineAt(indent: number): Line | undefined {
    const line = this.#lines[this.#next];
    if (line === undefined || line.indent < indent) return undefined;
    if (line.indent > indent) throw new Unusual();
    return line;
  }
}

function lineOf(line: string): Line {
  const indent = line.search(/[^ ]/);
  if (indent === -1) throw new Unusual();
  return { indent, text: indent === 0 ? line : line.slice(indent) };
}

/** `key: value` and `key:`; undefined for what is neither. */
function splitEntry(text: string): { readonly key: string; readonly value: string } | undefined {
  const first = text.charCodeAt(0);
  if (first === 0x27 || first === 0x22) {
    const quoted = QUOTED.exec(text);
    if (quoted === null) throw new Unusual();
    if (quoted[3] === undefined) return undefined;
    return { key: unquoted(quoted), value: text.slice(quoted[0].length) };
  }
  const colon = text.indexOf(': ');
  const end = colon === -1 && text.endsWith(':') ? text.length - 1 : colon;
  if (end === -1) return undefined;
  const key = text.slice(0, end);
  if (end > MAX_KEY_LENGTH || NOT_PLAIN.test(key) || resolvePlainScalar(key) !== key) throw new Unusual();
  return { key, value: text.slice(end + 2) };
}

function scalar(text: string): Value {
  const first = text.charCodeAt(0);
  if (first === 0x27 || first === 0x22) {
    const quoted = QUOTED.exec(text);
    if (quoted?.[0].length !== text.length || quoted[3] !== undefined) throw new Unusual();
    return unquoted(quoted);
  }
  if (text === '[]') return [];
  if (text === '{}') return new Map();
  if (NOT_PLAIN.test(text)) throw new Unusual();
  return resolvePlainScalar(text);
}

const unquoted = ([, single, double]: RegExpExecArray): string => single ?? (JSON.parse(double!) as string);
