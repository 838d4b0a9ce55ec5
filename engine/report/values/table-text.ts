/**
 * Tables as text: aligned for people, or as Markdown.
 *
 * @module
 */

import { cellsOf } from '../../core/index.ts';

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns two blanks apart. */
export function alignedText({ header, rows }: Table): string {
  const lines = [header, ...rows].map((row) => row.map(oneLine));
  const widths = header.map((_name, i) => Math.max(...lines.map((row) => columnsOf(row[i]!))));
  return lines
    .map(
      (row) =>
        `${row
          .map((cell, i) => padded(cell, widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** GitHub's Markdown. */
export function markdownTable({ header, rows }: Table): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => oneLine(cell).replaceAll('|', '\\|')));
  const widths = header.map((_name, i) => Math.max(3, ...lines.map((row) => columnsOf(row[i]!))));
  const [head, ...body] = lines.map(
    (row) => `| ${row.map((cell, i) => padded(cell, widths[i]!)).join(' | ')} |\n`,
  );
  return `${head!}| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n${body.join('')}`;
}

const shownOf = (text: string): string =>
  cellsOf(text)
    .map(({ shown }) => shown)
    .join('');

const oneLine = (text: string): string => shownOf(text.replaceAll('\n', '\u240a'));

const columnsOf = (text: string): number => cellsOf(text).reduce((sum, cell) => sum + cell.columns, 0);

const padded = (text: string, columns: number): string => text + ' '.repeat(columns - columnsOf(text));
