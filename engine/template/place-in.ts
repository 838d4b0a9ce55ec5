/**
 * The place of a piece of a scalar's text.
 *
 * @module
 */

import type { Place, Range, SourceFile } from '../core/index.ts';

/**
 * The place of `piece`, the `nth` of its like (from 0) in the scalar at `range`; the whole scalar where the source
 * spells it otherwise (escapes in quotes, folded lines).
 *
 * @param offset How far into the piece the place starts; it is then one character long.
 */
export function placeIn(file: SourceFile, range: Range, piece: string, nth = 0, offset?: number): Place {
  let start = range.start - 1;
  for (let i = 0; i <= nth; i++) {
    start = file.text.indexOf(piece, start + 1);
    if (start === -1 || start + piece.length > range.end) return { file, range };
  }
  if (offset === undefined) return { file, range: { start, end: start + piece.length } };
  return { file, range: { start: start + offset, end: start + offset + 1 } };
}
