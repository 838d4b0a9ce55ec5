/**
 * A label over several lines, whole: names are never cut short.
 *
 * @module
 */

import { cellsOf } from '../../../core/index.ts';

/** Columns that a text takes; `text` has passed `shownText`. */
export const columnsOf = (text: string): number =>
  cellsOf(text).reduce((sum, { columns }) => sum + columns, 0);

/** With control characters shown instead of obeyed. */
export const shownText = (text: string): string =>
  cellsOf(text)
    .map(({ shown }) => shown)
    .join('');

/** Between the parts of a name. */
const NAME_PARTS = /(?<=[ @\-_./:])/u;

/**
 * @param width Columns of the widest line wanted, at least 2.
 * @param between Matches, without taking anything, where the text is best broken.
 * @returns Lines that make up the text; it is broken anywhere where it must be.
 */
export function wrapLabel(text: string, width: number, between: RegExp = NAME_PARTS): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(between)) {
    if (columnsOf(line) + columnsOf(word.trimEnd()) > width && line !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (columnsOf(line.trimEnd()) > width) {
      const head = headOf(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line.trimEnd() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

/** As many characters as fit, combining ones with what they stand on. */
function headOf(text: string, width: number): string {
  let head = '';
  let columns = 0;
  for (const [i, character] of Array.from(text).entries()) {
    columns += cellsOf(character)[0]!.columns;
    if (columns > width && i > 0) break;
    head += character;
  }
  return head;
}
