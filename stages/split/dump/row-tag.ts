/**
 * A row of a dump, `<row Id="7" PostTypeId="1" ... />`, as all dumps write it: with double quotes, and with no more
 * references than `&lt; &gt; &amp; &quot; &apos; &#xA; &#xD; &#x9;`.
 *
 * This reads what is certain only, in one pass over the bytes. Whatever looks different in the least is for the XML
 * parser, which reads it or says what is wrong with it.
 *
 * @module
 */

import { isAscii } from 'node:buffer';

/** The attributes of a row, references decoded; `undefined` for one that is not there. */
export type Attributes = (name: string) => string | undefined;

export interface RowTag {
  /** Valid until the next row is read. */
  readonly attributes: Attributes;
  /** Where the tag ends in the piece, behind `>`; no line break stands before. */
  readonly end: number;
}

const START = Buffer.from('<row ');
const MOST_ATTRIBUTES = 64;

const BLANK = 0x20;
const QUOTE = 0x22;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const CLOSING = 0x3e;
/** U+FFFE and U+FFFF, which XML forbids, begin with it in UTF-8. */
const HIGH_LEAD = 0xef;

/** The characters of references by their names. */
const REFERENCES: readonly (readonly [name: Buffer, character: number])[] = (
  [
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['#xA', '\n'],
    ['amp', '&'],
    ['#xD', '\r'],
    ['apos', "'"],
    ['#x9', '\t'],
  ] as const
).map(([name, character]) => [Buffer.from(`${name};`), character.charCodeAt(0)]);

/** Decoded values, one behind the other; grows to the longest row. */
let decoded = Buffer.alloc(1 << 16);

/**
 * @param piece A row from its `<` to the next tag's, of valid UTF-8, with no other `<` in it.
 * @returns `undefined` where it is not surely a whole row and white space.
 */
export function readRowTag(piece: Buffer): RowTag | undefined {
  const length = piece.length;
  if (length < START.length + 2 || piece.compare(START, 0, START.length, 0, START.length) !== 0) {
    return undefined;
  }
  if (decoded.length < length) decoded = Buffer.alloc(2 * length);
  const target = decoded;
  const names: string[] = [];
  const ends: number[] = [];
  let out = 0;
  let at = START.length;
  for (;;) {
    while (at < length && piece[at] === BLANK) at++;
    if (piece[at] === SLASH) break;
    const equals = nameEnd(piece, at);
    if (equals < 0 || piece[equals + 1] !== QUOTE || names.length === MOST_ATTRIBUTES) return undefined;
    const name = piece.toString('latin1', at, equals);
    if (names.includes(name)) return undefined;
    at = equals + 2;
    for (;;) {
      if (at >= length) return undefined;
      const byte = piece[at++]!;
      if (byte === QUOTE) break;
      if (byte === AMPERSAND) {
        const reference = readReference(piece, at);
        if (reference === undefined) return undefined;
        target[out++] = reference[1];
        at += reference[0].length;
      } else if (byte < BLANK || (byte === HIGH_LEAD && isNoCharacter(piece, at))) {
        return undefined;
      } else {
        target[out++] = byte;
      }
    }
    names.push(name);
    ends.push(out);
    if (piece[at] !== BLANK && piece[at] !== SLASH) return undefined;
  }
  if (piece[at + 1] !== CLOSING) return undefined;
  const end = at + 2;
  if (!isWhiteSpace(piece, end)) return undefined;
  return {
    end,
    attributes(name) {
      const i = names.indexOf(name);
      if (i < 0) return undefined;
      const value = target.subarray(i === 0 ? 0 : ends[i - 1], ends[i]);
      return value.toString(isAscii(value) ? 'latin1' : 'utf8');
    },
  };
}

/** Where the `=` behind a name stands; -1 if there is none. */
function nameEnd(piece: Buffer, start: number): number {
  for (let at = start; at < piece.length; at++) {
    const byte = piece[at]!;
    if (byte === EQUALS) return at > start ? at : -1;
    const letter = byte | 0x20;
    const isLetter = letter >= 0x61 && letter <= 0x7a;
    if (!isLetter && (at === start || byte < 0x30 || byte > 0x39)) return -1;
  }
  return -1;
}

/** @param at Behind the ampersand. */
function readReference(piece: Buffer, at: number): (typeof REFERENCES)[number] | undefined {
  for (const reference of REFERENCES) {
    const name = reference[0];
    let i = 0;
    while (i < name.length && piece[at + i] === name[i]) i++;
    if (i === name.length) return reference;
  }
  return undefined;
}

const isNoCharacter = (piece: Buffer, at: number): boolean => piece[at] === 0xbf && piece[at + 1]! >= 0xbe;

function isWhiteSpace(piece: Buffer, start: number): boolean {
  for (let at = start; at < piece.length; at++) {
    const byte = piece[at]!;
    if (byte !== BLANK && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
