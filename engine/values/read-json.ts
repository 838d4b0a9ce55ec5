/**
 * JSON to nodes with places, as Python's `json` reads it: `1.0` is a float, integers have any size, `NaN`, `Infinity` and
 * `-Infinity` are numbers. Unlike there, a key may stand only once.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, Range, SourceFile } from '../core/index.ts';
import { floating, integer } from './plain-scalar.ts';
import type { ScalarValue, YamlEntry, YamlNode } from './yaml-node.ts';

const MAX_DEPTH = 500;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const CONSTANTS: readonly (readonly [string, ScalarValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
];

/** The first mistake ends the reading: what follows it could mean anything. */
export function readJson(file: SourceFile): Result<YamlNode, readonly Diagnostic[]> {
  const reading = new Reading(file.text);
  const node = reading.document();
  const mistake = reading.mistake;
  if (mistake === undefined) return ok(node);
  const { related, range, ...rest } = mistake;
  const notes = related && [{ message: 'it is first set here', place: { file, range: related } }];
  return err([{ ...rest, place: { file, range }, ...(notes && { related: notes }) }]);
}

interface Mistake {
  readonly code: 'E_JSON_SYNTAX' | 'E_DUPLICATE_KEY';
  readonly message: string;
  readonly range: Range;
  readonly related?: Range;
}

const NOTHING: YamlNode = { kind: 'scalar', value: null, range: { start: 0, end: 0 } };

/** After a mistake every step is a no-op, so that the stack unwinds. */
class Reading {
  mistake: Mistake | undefined;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\ufeff')) this.#at = 1;
  }

  document(): YamlNode {
    const node = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#expected('the end of the file');
    return node;
  }

  #value(): YamlNode {
    this.#skipBlanks();
    const character = this.#text[this.#at];
    if (character === '{') return this.#nested(() => this.#object());
    if (character === '[') return this.#nested(() => this.#array());
    const start = this.#at;
    const value = this.#scalar();
    if (value !== undefined) return { kind: 'scalar', value, range: { start, end: this.#at } };
    this.#expected('a value');
    return NOTHING;
  }

  #nested(read: () => YamlNode): YamlNode {
    if (this.#depth >= MAX_DEPTH) this.#fail('Lists and mappings are nested too deeply');
    if (this.mistake !== undefined) return NOTHING;
    this.#depth++;
    const node = read();
    this.#depth--;
    return node;
  }

  #object(): YamlNode {
    const start = this.#at++;
    const entries = new Map<string, YamlEntry>();
    while (!this.#closes('}', entries.size === 0)) {
      const keyStart = this.#at;
      const key = this.#string();
      if (key === undefined) this.#expected('a key in double quotes');
      const keyRange = { start: keyStart, end: this.#at };
      this.#punctuation(':');
      const value = this.#value();
      const first = entries.get(key ?? '');
      if (first === undefined) entries.set(key ?? '', { key: key ?? '', keyRange, value });
      else if (this.mistake === undefined) {
        const message = `Duplicate key "${key ?? ''}"`;
        this.mistake = { code: 'E_DUPLICATE_KEY', message, range: keyRange, related: first.keyRange };
      }
    }
    return { kind: 'map', entries: [...entries.values()], range: { start, end: this.#at } };
  }

  #array(): YamlNode {
    const start = this.#at++;
    const items: YamlNode[] = [];
    while (!this.#closes(']', items.length === 0)) items.push(this.#value());
    return { kind: 'list', items, range: { start, end: this.#at } };
  }

  /** Takes the closing bracket, or the comma before the next item. */
  #closes(bracket: string, isFirst: boolean): boolean {
    this.#skipBlanks();
    if (this.mistake === undefined && this.#text[this.#at] === bracket) {
      this.#at++;
      return true;
    }
    if (!isFirst) this.#punctuation(',', `"," or "${bracket}"`);
    this.#skipBlanks();
    return this.mistake !== undefined;
  }

  #punctuation(character: string, wanted = `"${character}"`): void {
    this.#skipBlanks();
    if (this.#text[this.#at] === character) this.#at++;
    else this.#expected(wanted);
  }

  #scalar(): ScalarValue | undefined {
    if (this.#text[this.#at] === '"') {
      const text = this.#string();
      if (text === undefined) this.#fail('This text is not closed, or has an invalid escape');
      return text;
    }
    for (const [word, value] of CONSTANTS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) return undefined;
    this.#at = NUMBER.lastIndex;
    const isFloat = match[1] !== undefined || match[2] !== undefined;
    return isFloat ? floating(Number(match[0])) : integer(match[0]);
  }

  #string(): string | undefined {
    const text = this.#text;
    if (text[this.#at] !== '"') return undefined;
    let end = this.#at + 1;
    while (end < text.length && text[end] !== '"' && text[end]! >= ' ') end += text[end] === '\\' ? 2 : 1;
    if (text[end] !== '"') {
      this.#at = Math.min(end, text.length);
      return undefined;
    }
    const written = text.slice(this.#at, end + 1);
    const value = written.includes('\\') ? unescaped(written) : written.slice(1, -1);
    if (value !== undefined) this.#at = end + 1;
    return value;
  }

  #skipBlanks(): void {
    while (/[ \t\n\r]/.test(this.#text.charAt(this.#at))) this.#at++;
  }

  #expected(what: string): void {
    this.#fail(`Expected ${what}`);
  }

  #fail(message: string): void {
    this.mistake ??= { code: 'E_JSON_SYNTAX', message, range: { start: this.#at, end: this.#at } };
  }
}

function unescaped(written: string): string | undefined {
  try {
    return JSON.parse(written) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
