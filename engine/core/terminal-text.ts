/**
 * What a piece of a user's file looks like on a terminal: tabs take a fixed width, wide characters two columns,
 * combining ones none, and control characters are shown instead of obeyed.
 *
 * @module
 */

const TAB_COLUMNS = 4;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufe00-\ufe0f]$/u;

/** First and last code points that take two columns (Unicode's East Asian Width W and F, and emoji), ascending. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

/** One character as it is shown, and the columns that it takes. */
export interface Cell {
  readonly shown: string;
  readonly columns: number;
}

export function cellsOf(text: string): readonly Cell[] {
  return Array.from(text, cellOf);
}

/** Line breaks stay, other control characters become visible. */
export function withoutControls(text: string): string {
  return Array.from(text, (character) => (character === '\n' ? character : cellOf(character).shown)).join('');
}

function cellOf(character: string): Cell {
  const point = character.codePointAt(0)!;
  if (point === 0x09) return { shown: ' '.repeat(TAB_COLUMNS), columns: TAB_COLUMNS };
  if (point < 0x20) return { shown: String.fromCodePoint(0x2400 + point), columns: 1 };
  if (point < 0x7f) return { shown: character, columns: 1 };
  if (point < 0xa0 || isBidiControl(point)) return { shown: '\ufffd', columns: 1 };
  if (ZERO_WIDTH.test(character)) return { shown: character, columns: 0 };
  return { shown: character, columns: isWide(point) ? 2 : 1 };
}

/** These would re-order what stands around them on the screen. */
const isBidiControl = (point: number): boolean =>
  (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);

const isWide = (point: number): boolean =>
  point >= WIDE[0]![0] && WIDE.some(([first, last]) => point >= first && point <= last);
