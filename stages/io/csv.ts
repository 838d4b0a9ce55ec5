/**
 * CSV as RFC 4180 has it, but for LF as the line break. A null is an empty field.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';

export type Cell = string | number | null;

export function writeCsv(path: string, header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  writeFileSync(path, [header, ...rows].map((row) => `${row.map(field).join(',')}\n`).join(''));
}

function field(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
