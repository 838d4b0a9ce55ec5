/**
 * F1 of the most frequent tags in each month.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import { scoreTag, type TagScores } from '../../../learn/tagger/index.ts';
import {
  counted,
  type Draw,
  decimal,
  figure,
  type Html,
  html,
  monthAxis,
  tableBehind,
} from '../../../page/index.ts';
import type { Summary } from '../../summary.ts';

const SHOWN_TAGS = 30;

/** Of a cell, in pixels. */
const CELL = { width: 34, height: 22 } as const;

/** The page has so many shades, `--heat-0` to `--heat-9`, each with an ink that can be read on it. */
const SHADES = 10;

type Months = Summary['months'];

interface Row {
  readonly tag: string;
  readonly support: number;
  /** By month; undefined where the tag is neither true nor predicted. */
  readonly cells: readonly (TagScores | undefined)[];
}

export async function heatMapSection(draw: Draw, { months, tags }: Summary): Promise<Html> {
  const known = tags.filter((tag) => tag.known);
  const byMonth = months.map(({ tags: counts }) => new Map(counts.map((count) => [count.tag, count])));
  const rows = known.slice(0, SHOWN_TAGS).map(({ tag, support }): Row => {
    const cells = byMonth
      .map((counts) => counts.get(tag))
      .map((count) => (count === undefined ? undefined : scoreTag(count)));
    return { tag, support, cells };
  });
  const title = 'F1 by tag and month';
  if (rows.length === 0 || months.length === 0)
    return html`<section aria-labelledby="heat-head"><h2 id="heat-head">${title}</h2><p>There is no tag to show.</p></section>\n`;
  const svg = await draw(
    {
      id: 'heat',
      title,
      description: `The ${rows.length} most frequent known tags, from ${months[0]!.month} to ${months.at(-1)!.month}; the table below has the values.`,
    },
    spec(rows, months),
  );
  const chart = html`<div class="heat"><div class="heat-names" aria-hidden="true">${rows.map(({ tag }) => html`<span title="${tag}">${tag}</span>`)}</div>${svg}</div>`;
  return html`<section aria-labelledby="heat-head">
<h2 id="heat-head">${title}</h2>
<p>The ${rows.length} most frequent of ${counted(known.length, 'known tag')}. An empty cell: the tag was neither true nor predicted.</p>
${figure({
  chart,
  scrolls: title,
  keys: [{ mark: 'scale', text: 'F1 from 0 to 1' }],
  data: tableBehind('F1 by tag and month as a table', {
    label: title,
    columns: [
      { name: 'tag', isText: true },
      { name: 'support' },
      ...months.map(({ month }) => ({ name: month })),
    ],
    rows: rows.map(({ tag, support, cells }) => [
      tag,
      support,
      ...cells.map((cell) => decimal(cell?.f1 ?? null)),
    ]),
  }),
})}</section>
`;
}

function spec(rows: readonly Row[], months: Months): TopLevelSpec {
  const values = rows.flatMap(({ cells }, row) =>
    cells.flatMap((cell, i) => {
      if (cell === undefined || cell.f1 === null) return [];
      const { month } = months[i]!;
      const shade = Math.min(SHADES - 1, Math.floor(cell.f1 * SHADES));
      return [
        {
          row,
          month,
          fill: `var(--heat-${shade})`,
          ink: `var(--heat-ink-${shade})`,
          text: cell.f1 >= 0.995 ? '1' : cell.f1.toFixed(2).slice(1),
          tip: `${cell.tag}, ${month}: ${decimal(cell.f1)} (${decimal(cell.f1_low)} to ${decimal(cell.f1_high)}), ${counted(cell.support, 'question')}`,
        },
      ];
    }),
  );
  const width = CELL.width * months.length;
  const encoding = {
    x: {
      ...monthAxis(
        months.map(({ month }) => month),
        width + 50,
        'top',
      ),
      scale: { domain: months.map(({ month }) => month), padding: 0 },
    },
    y: {
      field: 'row',
      type: 'ordinal' as const,
      sort: null,
      axis: null,
      scale: { domain: rows.map((_, i) => i), padding: 0 },
    },
  };
  return {
    width,
    height: CELL.height * rows.length,
    padding: { left: 0, top: 0, right: 2, bottom: 0 },
    data: { values },
    encoding,
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
