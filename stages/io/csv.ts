/**
 * CSV as RFC 4180 has it, but for LF as the line break. A null is an empty field.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';

export type Cell = string | number | null;

export function writeCsv(path: string, header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  writeFileSync(path, [header, ...rows].map((row) => `${row.map(field).join(',')}\n`).join(''));
}

/** A small table, as `writeCsv` writes it: the fields as text. */
export function readCsv(path: string): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const [header = [], ...rows] = parseRows(readFileSync(path, 'utf8'));
  return { header, rows };
}

/** A field without quotes cannot hold one; a line break ends a row, also the last. */
function parseRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (end !== '' || row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

function field(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
