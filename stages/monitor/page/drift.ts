/**
 * Which column drifted in which month.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import { type Draw, figure, type Html, html, monthAxis, short, tableBehind } from '../../page/index.ts';
import type { Judged, MonthDrift } from '../monitoring.ts';
import { columnName } from './column-names.ts';
import type { Content } from './content.ts';

const CELL = { width: 44, height: 24 } as const;

/** What is tested of each month, by name. */
function testsOf(month: MonthDrift): readonly (readonly [name: string, judged: Judged])[] {
  return [
    ...month.columns.map((column) => [columnName(column.column), column] as const),
    ...(month.text === null ? [] : [[columnName('text'), month.text] as const]),
    ...(month.change === null ? [] : [['micro F1', month.change] as const]),
    ['F1 of tags', month.falls],
  ];
}

export async function driftSection(draw: Draw, { monitoring, evidently, settings }: Content): Promise<Html> {
  const { months, tests } = monitoring;
  const title = 'What drifted when';
  if (months.length === 0)
    return html`<section aria-labelledby="drift-head"><h2 id="drift-head">${title}</h2><p>There is no month.</p></section>\n`;
  const names = [...new Set(months.flatMap((month) => testsOf(month).map(([name]) => name)))];
  const svg = await draw(
    { id: 'drift', title, description: 'Adjusted p-values by column and month; the table below has them.' },
    spec(months, names),
  );
  const chart = html`<div class="heat"><div class="heat-names" aria-hidden="true">${names.map((name) => html`<span class="tall" title="${name}">${name}</span>`)}</div>${svg}</div>`;
  const loud = evidently.flatMap(({ columns }) => columns).filter(({ drift }) => drift).length;
  return html`<section aria-labelledby="drift-head">
<h2 id="drift-head">${title}</h2>
<p>A cell is how often chance alone makes such a difference, adjusted for all ${tests} tests (Benjamini and Hochberg); up to ${short(settings.false_discovery_rate)} it counts as drift. Evidently's own defaults, which take the reference to be exact, see drift in ${loud} of ${evidently.flatMap(({ columns }) => columns).length} cells of theirs.</p>
${figure({
  chart,
  scrolls: title,
  keys: [
    { mark: 'lost', text: 'drifted' },
    { mark: 'quietly', text: 'within chance' },
  ],
  data: html`${tableBehind('Adjusted p-values as a table', {
    label: title,
    columns: [{ name: 'column', isText: true }, ...months.map(({ month }) => ({ name: month }))],
    rows: names.map((name) => [
      name,
      ...months.map((month) => {
        const found = testsOf(month).find(([other]) => other === name);
        return found === undefined ? '–' : short(found[1].q);
      }),
    ]),
  })}${tableBehind("Evidently's scores, by its default methods", {
    label: "Evidently's scores",
    columns: [
      { name: 'month', isText: true },
      { name: 'column', isText: true },
      { name: 'method', isText: true },
      { name: 'score' },
      { name: 'threshold' },
      { name: 'drift', isText: true },
    ],
    rows: evidently.flatMap(({ month, columns }) =>
      columns.map(({ column, method, score, threshold, drift }) => [
        month,
        columnName(column),
        method,
        short(score),
        short(threshold),
        drift ? 'yes' : 'no',
      ]),
    ),
  })}`,
})}</section>
`;
}

function spec(months: readonly MonthDrift[], names: readonly string[]): TopLevelSpec {
  const values = months.flatMap((month) =>
    testsOf(month).map(([name, { q, p, drift }]) => ({
      row: names.indexOf(name),
      month: month.month,
      fill: drift ? 'var(--lost)' : 'var(--heat-0)',
      ink: drift ? 'var(--ground)' : 'var(--quiet)',
      text: q < 0.001 ? '<.001' : q >= 0.995 ? '1' : q.toFixed(2).slice(1),
      tip: `${name}, ${month.month}: adjusted p ${short(q)}, p ${short(p)}`,
    })),
  );
  const order = months.map(({ month }) => month);
  const width = CELL.width * months.length;
  return {
    width,
    height: CELL.height * names.length,
    padding: { left: 0, top: 0, right: 2, bottom: 0 },
    data: { values },
    encoding: {
      x: { ...monthAxis(order, width + 50, 'top'), scale: { domain: order, padding: 0 } },
      y: {
        field: 'row',
        type: 'ordinal',
        sort: null,
        axis: null,
        scale: { domain: names.map((_, i) => i), padding: 0 },
      },
    },
    layer: [
      {
        mark: { type: 'rect', aria: true, stroke: 'var(--ground)' },
        encoding: {
          color: { field: 'fill', type: 'nominal', scale: null },
          description: { field: 'tip', type: 'nominal' },
        },
      },
      {
        mark: { type: 'text', baseline: 'middle' },
        encoding: {
          text: { field: 'text', type: 'nominal' },
          color: { field: 'ink', type: 'nominal', scale: null },
        },
      },
    ],
  };
}
