/**
 * Rows of text in columns.
 *
 * @module
 */

/** @param right Numbers of the columns that end at one place, as numbers do. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [header, ...rows];
  const widths = header.map((_, j) => Math.max(...all.map((row) => lengthOf(row[j]!))));
  return all
    .map((row) =>
      row
        .map((cell, j) => {
          const gap = ' '.repeat(widths[j]! - lengthOf(cell));
          return right.includes(j) ? gap + cell : cell + gap;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

const lengthOf = (text: string): number => [...text].length;
