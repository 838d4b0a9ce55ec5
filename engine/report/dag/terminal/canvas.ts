/**
 * A grid of characters on which lines join, and pass each other without joining.
 *
 * Lines of one net that meet join (`┬`, `┼`); where two nets cross, the vertical passes over (`─│─`).
 *
 * @module
 */

import { cellsOf } from '../../../core/index.ts';

export interface Canvas {
  /** From `top` to `bottom`, both included. */
  readonly vertical: (net: number, column: number, top: number, bottom: number) => void;
  readonly horizontal: (net: number, row: number, left: number, right: number) => void;
  /** The half of a spot that leads to what stands above or below it. */
  readonly end: (net: number, row: number, column: number, towards: 'up' | 'down') => void;
  /** Over whatever is there; `style` is given to `paint` with the text. */
  readonly text: (row: number, column: number, text: string, style: string) => void;
  /** @param paint Adds colour; `style` is empty for lines. */
  readonly render: (paint: (text: string, style: string) => string) => string;
}

const UP = 1;
const DOWN = 2;
const LEFT = 4;
const RIGHT = 8;

/** By the sum of directions that a line leaves a cell in. */
const LINES: Readonly<Record<number, string>> = {
  [UP]: '│',
  [DOWN]: '│',
  [UP + DOWN]: '│',
  [LEFT]: '─',
  [RIGHT]: '─',
  [LEFT + RIGHT]: '─',
  [DOWN + RIGHT]: '┌',
  [DOWN + LEFT]: '┐',
  [UP + RIGHT]: '└',
  [UP + LEFT]: '┘',
  [UP + DOWN + RIGHT]: '├',
  [UP + DOWN + LEFT]: '┤',
  [DOWN + LEFT + RIGHT]: '┬',
  [UP + LEFT + RIGHT]: '┴',
  [UP + DOWN + LEFT + RIGHT]: '┼',
};

/** What stands in one column of one row: lines, by net, or a character. A wide character leaves the next one empty. */
type Spot =
  | { readonly kind: 'lines'; readonly directions: Map<number, number> }
  | { readonly kind: 'text'; readonly shown: string; readonly style: string };

export function createCanvas(): Canvas {
  const rows: (Spot | undefined)[][] = [];
  const rowAt = (row: number): (Spot | undefined)[] => {
    while (rows.length <= row) rows.push([]);
    return rows[row]!;
  };
  const add = (net: number, row: number, column: number, direction: number): void => {
    const spots = rowAt(row);
    const spot = spots[column];
    if (spot?.kind === 'text') throw new Error(`Bug: a line runs through text at ${row}:${column}`);
    const directions = spot?.directions ?? new Map<number, number>();
    directions.set(net, (directions.get(net) ?? 0) | direction);
    spots[column] = { kind: 'lines', directions };
  };
  return {
    vertical: (net, column, top, bottom) => {
      for (let row = top; row < bottom; row++) {
        add(net, row, column, DOWN);
        add(net, row + 1, column, UP);
      }
    },
    horizontal: (net, row, left, right) => {
      for (let column = left; column < right; column++) {
        add(net, row, column, RIGHT);
        add(net, row, column + 1, LEFT);
      }
    },
    end: (net, row, column, towards) => add(net, row, column, towards === 'up' ? UP : DOWN),
    text: (row, column, text, style) => {
      const spots = rowAt(row);
      let at = column;
      for (const { shown, columns } of cellsOf(text)) {
        if (columns === 0) {
          const before = spots[at - 1];
          if (before?.kind === 'text') spots[at - 1] = { ...before, shown: before.shown + shown };
          continue;
        }
        spots[at] = { kind: 'text', shown, style };
        if (columns === 2) spots[at + 1] = { kind: 'text', shown: '', style };
        at += columns;
      }
    },
    render: (paint) => rows.map((spots) => renderRow(spots, paint)).join('\n'),
  };
}

function renderRow(
  spots: readonly (Spot | undefined)[],
  paint: (text: string, style: string) => string,
): string {
  const runs: { text: string; readonly style: string }[] = [];
  for (const spot of Array.from(spots)) {
    const style = spot?.kind === 'text' ? spot.style : '';
    const shown = spot === undefined ? ' ' : spot.kind === 'text' ? spot.shown : lineOf(spot.directions);
    const last = runs.at(-1);
    if (last?.style === style) last.text += shown;
    else runs.push({ text: shown, style });
  }
  return runs.map(({ text, style }) => paint(text, style)).join('');
}

function lineOf(directions: ReadonlyMap<number, number>): string {
  const [first = 0, ...others] = directions.values();
  if (others.length === 0) return LINES[first]!;
  return '│';
}
