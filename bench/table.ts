/**
 * Standings as a Markdown table.
 *
 * @module
 */

import type { Standing } from './contest.ts';
import type { Estimate } from './statistics.ts';

export function renderStandings(standings: readonly Standing[]): string {
  const first = standings[0]?.name ?? '';
  return renderTable(
    ['', 'wall ms', 'CPU ms', `wall: ${first} / it`, `CPU: ${first} / it`],
    standings.map(({ name, wallMs, cpuMs, wallRatio, cpuRatio }) => [
      name,
      renderEstimate(wallMs),
      renderEstimate(cpuMs),
      renderEstimate(wallRatio),
      renderEstimate(cpuRatio),
    ]),
  );
}

/** The first column holds names, the others figures. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/** The median and its interval: `61.2 [60.1, 64.0]`. */
export function renderEstimate({ median, low, high }: Estimate): string {
  return `${renderNumber(median)} [${renderNumber(low)}, ${renderNumber(high)}]`;
}

/** Three significant digits, no exponent. */
function renderNumber(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
