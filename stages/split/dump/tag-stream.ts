/**
 * A file of XML cut before each `<`: pieces of one tag (or comment, or declaration) and the text behind it.
 *
 * In XML a `<` stands for nothing but the beginning of markup, comments and CDATA sections apart; so a row of a dump is
 * one piece, whatever its size.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';

const OPENING = 0x3c;
const LONGEST_BYTES = 1 << 27;

/**
 * @param take Gets the pieces in order; the first is what stands before the first `<`, and may be empty. Their bytes
 *   are valid during the call.
 * @throws {StageFailure} If a piece is longer than 128 MiB.
 */
export async function cutTags(chunks: AsyncIterable<Buffer>, take: (piece: Buffer) => void): Promise<void> {
  let pieces: Buffer[] = [];
  let waiting = 0;
  for await (const chunk of chunks) {
    let start = 0;
    let next = chunk.indexOf(OPENING);
    if (next >= 0 && waiting > 0) {
      take(Buffer.concat([...pieces, chunk.subarray(0, next)]));
      pieces = [];
      waiting = 0;
      start = next;
      next = chunk.indexOf(OPENING, start + 1);
    }
    while (next >= 0) {
      take(chunk.subarray(start, next));
      start = next;
      next = chunk.indexOf(OPENING, start + 1);
    }
    pieces.push(chunk.subarray(start));
    waiting += chunk.length - start;
    if (waiting > LONGEST_BYTES) throw new StageFailure('A tag is longer than 128 MiB: this is no XML');
  }
  take(Buffer.concat(pieces));
}
