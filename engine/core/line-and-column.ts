/**
 * Offsets to lines and columns. Both count from 1; a column counts code points, as most editors do.
 *
 * @module
 */

import type { SourceFile } from './source-file.ts';

export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

const lineStartsOfFile = new WeakMap<SourceFile, readonly number[]>();

/** @throws {RangeError} If `offset` is not within the text. */
export function lineAndColumn(file: SourceFile, offset: number): LineAndColumn {
  if (!(offset >= 0 && offset <= file.text.length)) {
    throw new RangeError(
      `Offset ${offset} is outside of "${file.path}", which has ${file.text.length} characters`,
    );
  }
  const starts = lineStarts(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: [...file.text.slice(starts[low], offset)].length + 1 };
}

/** A line without its line break, and the offset that it starts at. */
export function lineAt(file: SourceFile, line: number): { readonly text: string; readonly start: number } {
  const starts = lineStarts(file);
  const start = starts[line - 1]!;
  const end = starts[line] ?? file.text.length;
  return { text: file.text.slice(start, end).replace(/\r?\n$/, ''), start };
}

/** Offsets of the first character of each line; a text without a line break has one line. */
function lineStarts(file: SourceFile): readonly number[] {
  const known = lineStartsOfFile.get(file);
  if (known !== undefined) return known;
  const starts = [0];
  for (let i = file.text.indexOf('\n'); i !== -1; i = file.text.indexOf('\n', i + 1)) starts.push(i + 1);
  lineStartsOfFile.set(file, starts);
  return starts;
}
