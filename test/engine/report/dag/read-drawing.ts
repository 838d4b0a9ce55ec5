/**
 * Reads a drawing as a person does: finds the boxes and follows the lines from each downwards.
 *
 * Knows nothing of how it was drawn but these rules: a way leaves a box at `┬`, enters one at `▼`, never goes up, and
 * where it meets `│` from the side it passes on below it. Only for labels of characters that are one column wide.
 *
 * @module
 */

export interface Drawing {
  /** Labels without sign and blanks, from top left to bottom right. */
  readonly labels: readonly string[];
  /** `maker -> user`, sorted. */
  readonly edges: readonly string[];
}

interface BoxAt {
  readonly label: string;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

type Direction = 'down' | 'left' | 'right';

const STEPS = { down: [1, 0], left: [0, -1], right: [0, 1] } as const;

/** Where a line leads on, for each way in which it was entered. */
const TURNS: Readonly<Record<string, Partial<Record<Direction, readonly Direction[]>>>> = {
  '│': { down: ['down'], left: ['left'], right: ['right'] },
  '─': { left: ['left'], right: ['right'] },
  '┌': { left: ['down'] },
  '┐': { right: ['down'] },
  '└': { down: ['right'], left: [] },
  '┘': { down: ['left'], right: [] },
  '├': { down: ['down', 'right'], left: ['down'] },
  '┤': { down: ['down', 'left'], right: ['down'] },
  '┬': { left: ['down', 'left'], right: ['down', 'right'] },
  '┴': { down: ['left', 'right'], left: ['left'], right: ['right'] },
  '┼': { down: ['down', 'left', 'right'], left: ['down', 'left'], right: ['down', 'right'] },
};

/** @throws {Error} Where a line ends in nothing. */
export function readDrawing(text: string): Drawing {
  const grid = text.split('\n').map((line) => Array.from(line));
  const boxes = grid.flatMap((row, top) => row.flatMap((_, left) => boxAt(grid, top, left) ?? []));
  const edges = boxes.flatMap((box) => {
    const exits = range(box.left, box.right).filter((column) => grid[box.bottom]![column] === '┬');
    return exits.flatMap((column) =>
      [...follow(grid, boxes, box.bottom + 1, column)].map((user) => `${box.label} -> ${user}`),
    );
  });
  return { labels: boxes.map(({ label }) => label), edges: edges.sort() };
}

/** A net's corners never face each other without a joint between them: that is a border. */
function boxAt(grid: readonly (readonly string[])[], top: number, left: number): BoxAt | undefined {
  const border = /^┌[─▼]+┐/.exec(grid[top]!.slice(left).join(''))?.[0];
  if (border === undefined) return undefined;
  const right = left + border.length - 1;
  const lines: string[] = [];
  for (let row = top + 1; row < grid.length; row++) {
    const inside = grid[row]!.slice(left, right + 1).join('');
    if (/^└[─┬]+┘$/.test(inside)) {
      return { label: lines.join('').replaceAll(' ', ''), top, bottom: row, left, right };
    }
    const content = /^│ (.*)│$/.exec(inside)?.[1];
    if (content === undefined) return undefined;
    lines.push(content.replace(/^[=*<+?!] /, ''));
  }
  return undefined;
}

/** The labels of the boxes that the way leads to. */
function follow(
  grid: readonly (readonly string[])[],
  boxes: readonly BoxAt[],
  row: number,
  column: number,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const seen = new Set<string>();
  const queue: { readonly row: number; readonly column: number; readonly direction: Direction }[] = [
    { row, column, direction: 'down' },
  ];
  for (const { row: y, column: x, direction } of queue) {
    const key = `${y} ${x} ${direction}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const character = grid[y]?.[x] ?? ' ';
    if (character === '▼' && direction === 'down') {
      const box = boxes.find(({ top, left, right }) => top === y && left < x && x < right);
      if (box === undefined) throw new Error(`An arrow points at nothing in ${y}:${x}`);
      reached.add(box.label);
      continue;
    }
    const turns = TURNS[character]?.[direction];
    if (turns === undefined)
      throw new Error(`A line ends at "${character}" in ${y}:${x}, going ${direction}`);
    for (const next of turns) {
      queue.push({ row: y + STEPS[next][0], column: x + STEPS[next][1], direction: next });
    }
  }
  return reached;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
