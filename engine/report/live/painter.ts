/**
 * Lines that stay at the foot of the screen while text scrolls by above them.
 *
 * The cursor rests at the end of the last line. What stands above is never touched: all moves are relative, and as far as
 * the lines reach; on a screen that became narrower, as far as they reach there once they are wrapped.
 *
 * @module
 */

import { cellsOf } from '../../core/index.ts';

export interface Painter {
  /**
   * Shows these lines in the place of those before, in one write.
   *
   * @param lines None is as wide as the screen.
   * @param above Whole lines, which from now on stand above.
   */
  readonly paint: (lines: readonly string[], above?: Uint8Array) => void;
  /** Takes the lines away, and shows the cursor again. */
  readonly clear: () => void;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';
const PLAIN_STYLE = '\x1b[0m';

/** @param columns Of the screen, now. */
export function createPainter(write: (text: string | Uint8Array) => void, columns: () => number): Painter {
  let drawn: readonly string[] = [];
  let drawnColumns = 0;
  const toFirstLine = (): string => {
    if (drawn.length === 0) return '';
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line, columns()), 0);
    return rows > 1 ? `\r\x1b[${rows - 1}A` : '\r';
  };
  return {
    paint: (lines, above) => {
      const hasAbove = above !== undefined && above.length > 0;
      const isSame = drawnColumns === columns() && lines.length === drawn.length;
      if (!hasAbove && isSame && lines.every((line, i) => line === drawn[i])) return;
      const isOver = drawnColumns === columns() && !hasAbove;
      const before = `${drawn.length === 0 ? HIDE_CURSOR : ''}${toFirstLine()}${isOver ? '' : CLEAR_BELOW}`;
      const after = `${PLAIN_STYLE}${lines.map((line) => `${line}${CLEAR_LINE}`).join('\n')}${CLEAR_BELOW}`;
      write(hasAbove ? Buffer.concat([Buffer.from(before), above, Buffer.from(after)]) : before + after);
      drawn = lines;
      drawnColumns = columns();
    },
    clear: () => {
      if (drawn.length === 0) return;
      write(`${toFirstLine()}${CLEAR_BELOW}${SHOW_CURSOR}`);
      drawn = [];
    },
  };
}

const STYLES = /\x1b\[[\d;]*m/g;

function rowsOf(line: string, columns: number): number {
  const width = cellsOf(line.replaceAll(STYLES, '')).reduce((sum, cell) => sum + cell.columns, 0);
  return Math.max(1, Math.ceil(width / Math.max(1, columns)));
}
