/**
 * Literals of Python: what `ast.literal_eval` takes and a params file can hold. Sets, bytes and complex numbers are none.
 *
 * @module
 */

import { floating, integer } from './plain-scalar.ts';
import type { PythonToken } from './python-tokens.ts';
import { scalarText } from './scalar-text.ts';
import type { ScalarValue, YamlEntry, YamlNode } from './yaml-node.ts';

const CONSTANTS: ReadonlyMap<string, ScalarValue> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
]);

/** @returns Undefined where the tokens are not a literal, and nothing else. A tuple needs no brackets. */
export function pythonLiteral(tokens: readonly PythonToken[]): YamlNode | undefined {
  const reading = new Reading(tokens);
  const value = reading.value();
  if (value === undefined || reading.isAtEnd()) return value;
  const items = reading.rest([value]);
  return items === undefined || !reading.isAtEnd() ? undefined : listOf(items, tokens);
}

const listOf = (items: readonly YamlNode[], tokens: readonly PythonToken[]): YamlNode => ({
  kind: 'list',
  items,
  range: { start: tokens[0]!.range.start, end: tokens.at(-1)!.range.end },
});

class Reading {
  readonly #tokens: readonly PythonToken[];
  #at = 0;

  constructor(tokens: readonly PythonToken[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  value(): YamlNode | undefined {
    const token = this.#tokens[this.#at];
    switch (token?.kind) {
      case 'text':
        return this.#text();
      case 'number':
        return this.#number('');
      case 'name': {
        const value = CONSTANTS.get(token.text);
        if (value === undefined) return undefined;
        this.#at += 1;
        return { kind: 'scalar', value, range: token.range };
      }
      case 'operator':
        if (this.#takes('-')) return this.#number('-');
        if (this.#takes('+')) return this.#number('');
        if (this.#takes('[')) return this.#list(']');
        if (this.#takes('(')) return this.#group();
        if (this.#takes('{')) return this.#map();
        return undefined;
      case undefined:
        return undefined;
    }
  }

  /** What follows the first items: `, x, y` up to whatever is no comma. */
  rest(first: readonly YamlNode[]): readonly YamlNode[] | undefined {
    const items = [...first];
    while (this.#takes(',')) {
      if (this.isAtEnd() || this.#isClosing()) break;
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  #takes(operator: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator' || token.text !== operator) return false;
    this.#at += 1;
    return true;
  }

  #isClosing(): boolean {
    return /^[)\]}]$/.test(this.#tokens[this.#at]?.text ?? '');
  }

  /** Texts that follow each other are one. */
  #text(): YamlNode | undefined {
    const start = this.#tokens[this.#at]!.range.start;
    let value = '';
    let end = start;
    for (let token = this.#tokens[this.#at]; token?.kind === 'text'; token = this.#tokens[++this.#at]) {
      const part = textOf(token.text);
      if (part === undefined) return undefined;
      value += part;
      end = token.range.end;
    }
    return { kind: 'scalar', value, range: { start, end } };
  }

  #number(sign: '' | '-'): YamlNode | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'number' || /j$/i.test(token.text)) return undefined;
    const next = this.#tokens[this.#at + 1];
    if (next?.kind === 'number' || next?.kind === 'name') return undefined;
    this.#at += 1;
    const range = { start: token.range.start - sign.length, end: token.range.end };
    const text = token.text.toLowerCase();
    const isInteger = /^(?:0[xob]|[\d_]+$)/.test(text);
    if (isInteger) return { kind: 'scalar', value: integer(sign + text), range };
    return { kind: 'scalar', value: floating(Number(sign + text.replaceAll('_', ''))), range };
  }

  #list(closing: ']' | ')', first: readonly YamlNode[] = []): YamlNode | undefined {
    const opening = this.#tokens[this.#at - 1]!;
    let items = first;
    if (first.length === 0 && !this.#isClosing()) {
      const item = this.value();
      if (item === undefined) return undefined;
      items = [item];
    }
    const all = items.length === 0 ? items : this.rest(items);
    const end = this.#tokens[this.#at]?.range.end;
    if (all === undefined || end === undefined || !this.#takes(closing)) return undefined;
    return { kind: 'list', items: all, range: { start: opening.range.start, end } };
  }

  /** A value in parentheses, or a tuple. */
  #group(): YamlNode | undefined {
    const start = this.#tokens[this.#at - 1]!.range.start;
    if (this.#isClosing()) return this.#list(')');
    const value = this.value();
    if (value === undefined || this.#takes(')')) return value;
    const tuple = this.#list(')', [value]);
    return tuple && { ...tuple, range: { ...tuple.range, start } };
  }

  #map(): YamlNode | undefined {
    const start = this.#tokens[this.#at - 1]!.range.start;
    const entries = new Map<string, YamlEntry>();
    while (!this.#isClosing()) {
      const key = this.value();
      if (key?.kind !== 'scalar' || !this.#takes(':')) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      const { value: written } = key;
      const isText = typeof written === 'string';
      const name = isText ? written : scalarText(written);
      entries.set(name, {
        key: name,
        ...(isText ? {} : { isTyped: true as const }),
        keyRange: key.range,
        value,
      });
      if (!this.#takes(',')) break;
    }
    const end = this.#tokens[this.#at]?.range.end;
    if (end === undefined || !this.#takes('}')) return undefined;
    return { kind: 'map', entries: [...entries.values()], range: { start, end } };
  }
}

/** @returns Undefined for bytes, what is formatted, and a character by its name. */
function textOf(token: string): string | undefined {
  const [, prefix = '', quotes = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(token)!;
  if (/[bf]/i.test(prefix)) return undefined;
  const body = token.slice(prefix.length + quotes.length, -quotes.length).replaceAll('\r\n', '\n');
  if (/r/i.test(prefix)) return body;
  return body.includes('\\N{') ? undefined : body.replace(ESCAPE, unescaped);
}

const ESCAPE = /\\(\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\\'"abfnrtv])/g;
const ESCAPED: Readonly<Record<string, string>> = {
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescaped(_: string, written: string): string {
  if (/^[xuU]./.test(written)) return String.fromCodePoint(Number.parseInt(written.slice(1), 16));
  if (/^[0-7]/.test(written)) return String.fromCodePoint(Number.parseInt(written, 8));
  return ESCAPED[written] ?? written;
}
