/**
 * A screen that can do what the live display needs, and keeps all that scrolls away. It does not reflow.
 *
 * @module
 */

import type { Screen } from '../../../../engine/report/index.ts';

export interface FakeScreen extends Screen {
  /** From the first line ever to the last one that has something. */
  readonly lines: () => readonly string[];
  readonly isCursorShown: () => boolean;
  readonly writes: () => number;
}

export function fakeScreen(columns: number, rows: number): FakeScreen {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  let isCursorShown = true;
  let writes = 0;
  const put = (character: string): void => {
    if (column === columns) throw new Error(`A line is wider than the screen: ${lines[row]!}`);
    const line = lines[row]!.padEnd(column);
    lines[row] = line.slice(0, column) + character + line.slice(column + 1);
    column += 1;
  };
  const control = (sequence: string): void => {
    const [, digits, letter] = /^\x1b\[\??(\d*)([A-Za-z])$/.exec(sequence)!;
    const count = Number(digits === '' ? 1 : digits);
    if (letter === 'A') row = Math.max(0, Math.max(lines.length - rows, row - count));
    else if (letter === 'K') lines[row] = lines[row]!.slice(0, column);
    else if (letter === 'J') {
      lines[row] = lines[row]!.slice(0, column);
      lines.length = row + 1;
    } else if (letter === 'h' || letter === 'l') isCursorShown = letter === 'h';
    else if (letter !== 'm') throw new Error(`Not known here: ${JSON.stringify(sequence)}`);
  };
  return {
    size: () => ({ columns, rows }),
    isColoured: true,
    onResize: () => () => undefined,
    write: (text) => {
      writes += 1;
      const all = typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
      for (const [token] of all.matchAll(/\x1b\[\??\d*[A-Za-z]|[^]/gu)) {
        if (token.startsWith('\x1b')) control(token);
        else if (token === '\r') column = 0;
        else if (token === '\n') {
          row += 1;
          column = 0;
          if (row === lines.length) lines.push('');
        } else put(token);
      }
    },
    lines: () => lines.join('\n').trimEnd().split('\n'),
    isCursorShown: () => isCursorShown,
    writes: () => writes,
  };
}
