/**
 * The part of a dump that the XML parser reads, and the place in the whole of what it says.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { SaxesParser } from 'saxes';

export interface XmlDocument {
  /** Whether the next piece is surely markup inside of the root element: then a whole row may be passed over. */
  readonly canSkip: () => boolean;
  /** Where the next piece begins; counts from 1. */
  readonly line: () => number;
  /** Parses a piece. @param isValid Whether it was UTF-8; else its broken bytes are U+FFFD. */
  readonly write: (piece: string, isValid: boolean) => void;
  /** Passes over a piece without parsing it. @param end Where its tag ends: before it stands no line break. */
  readonly skip: (piece: Buffer, end: number) => void;
  /** @throws {StageFailure} If the document is not complete. */
  readonly end: () => void;
}

const WRONG_FILE = 'collect.input must be the Posts.xml of a dump, as it was published';

/** @param fault What is wrong with the row, well-formed as the document is around it. */
type TakeRow = (
  attributes: Readonly<Record<string, string>>,
  line: number,
  fault: string | undefined,
) => void;

/** All calls throw a `StageFailure` with its place where the document is not well-formed XML in UTF-8. */
export function openDocument(path: string, takeRow: TakeRow): XmlDocument {
  const parser = new SaxesParser();
  /** Of the piece that is next, or being read. */
  const place = { line: 1, column: 0 };
  /** The same for the parser: UTF-16 units that it was given before, and what it is reading. */
  let given = 0;
  let current = '';
  let depth = 0;
  let fault: string | undefined;
  /** Whether a `<` inside of the root element has been markup so far: in a comment or a CDATA section it may be text. */
  let isRegular = true;
  /** Where the tag begins that the last piece began and did not end; `undefined` where it did. */
  let openSince: { readonly line: number; readonly column: number } | undefined;

  const fail = (message: string, hint: string): never => {
    const before = current.slice(0, Math.max(0, parser.position - given)).split('\n');
    const line = place.line + before.length - 1;
    const column = before.at(-1)!.length + (before.length === 1 ? place.column : 0);
    throw new StageFailure(`${path}:${line}:${Math.max(1, column)}: ${message}`, { hint });
  };

  parser.on('error', ({ message }) => {
    const what = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    if (what === 'malformed character entity' && depth > 0) {
      fault = 'it has a character reference that XML does not allow';
      return;
    }
    const isCut = /^(unexpected end|unclosed tag|document must contain)/.test(what);
    fail(
      `not well-formed XML: ${what}`,
      isCut ? 'it may be cut off: unpack or download it again' : WRONG_FILE,
    );
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding === undefined || /^(utf-8|us-ascii)$/i.test(encoding)) return;
    fail(`its encoding is ${encoding}`, 'convert it to UTF-8 first');
  });
  parser.on('opentag', ({ name, attributes }) => {
    openSince = undefined;
    depth++;
    if (name === 'row' && depth > 1) takeRow(attributes, place.line, fault);
  });
  parser.on('closetag', () => {
    depth--;
  });

  /** @param from Before it the piece has no line break. @param length The piece's, in UTF-16 units. */
  const advance = (piece: string | Buffer, from: number, length: () => number): void => {
    let lineStart = -1;
    for (let at = piece.indexOf('\n', from); at >= 0; at = piece.indexOf('\n', at + 1)) {
      place.line++;
      lineStart = at + 1;
    }
    place.column = lineStart < 0 ? place.column + length() : piece.length - lineStart;
  };

  return {
    canSkip: () => depth > 0 && isRegular && openSince === undefined,
    line: () => place.line,
    write(piece, isValid) {
      if (openSince !== undefined) {
        const { line, column } = openSince;
        throw new StageFailure(`${path}:${line}:${column + 1}: not well-formed XML: a tag has no end`, {
          hint: WRONG_FILE,
        });
      }
      if (depth > 0 && /^<[!?]/.test(piece)) isRegular = false;
      openSince = isRegular && /^<[^!?/]/.test(piece) ? { ...place } : undefined;
      fault = isValid ? undefined : 'it is not UTF-8';
      current = piece;
      parser.write(piece);
      given += piece.length;
      advance(piece, 0, () => piece.length);
    },
    skip(piece, end) {
      advance(piece, end, () => piece.toString().length);
    },
    end() {
      current = '';
      parser.close();
    },
  };
}
