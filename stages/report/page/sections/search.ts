/**
 * What the search tried: each candidate a line through its settings to its scores.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import {
  counted,
  type Draw,
  drawForBoth,
  figure,
  type Html,
  html,
  short,
  tableBehind,
} from '../../../page/index.ts';
import { type Axis, axisOf } from '../charts/parallel-axis.ts';

/** A table of text: `candidate`, `params.NAME`, `METRIC_fold_I`, `METRIC_mean`, `METRIC_std`, `rank`. */
export interface Candidates {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** By rank, the best first. */
const DRAWN = 120;

/** Pixels from one axis to the next. */
const STEP = 96;

const TITLE = 'Settings by search';

export async function searchSection(draw: Draw, { header, rows }: Candidates): Promise<Html> {
  const head = html`<h2 id="search-head">${TITLE}</h2>`;
  if (rows.length === 0)
    return html`<section aria-labelledby="search-head">${head}<p>Nothing was searched: the settings are those of <code>config.yaml</code>.</p></section>\n`;
  const rank = header.indexOf('rank');
  const orderOf = (row: readonly string[]): number => (row[rank] === '' ? Infinity : Number(row[rank]));
  const ranked = rows.toSorted((a, b) => {
    const [first, second] = [orderOf(a), orderOf(b)];
    return first === second ? 0 : first - second;
  });
  const drawn = ranked.slice(0, DRAWN);
  const names = header.filter((name) => name.startsWith('params.') || name.endsWith('_mean'));
  const axes = names.map((name) => {
    const column = header.indexOf(name);
    return axisOf(
      name.replace(/^params\.(?:.*\.)?/, '').replace(/_mean$/, ''),
      drawn.map((row) => row[column] ?? ''),
    );
  });
  const best = names
    .map((name, i) => `${axes[i]!.name} ${valueText(drawn[0]![header.indexOf(name)] ?? '')}`)
    .join(', ');
  const chart = await drawForBoth(
    draw,
    { id: 'search', title: TITLE, description: `The best of ${counted(rows.length, 'candidate')}: ${best}.` },
    (width) =>
      spec(
        axes,
        drawn.map((row) => (row[rank] === '' ? 'Pruned' : `Rank ${row[rank]!}`)),
        width,
      ),
  );
  const listed = header
    .map((name, column) => ({ name, column }))
    .filter(({ name }) => !/_fold_\d+$/.test(name) && name !== 'rank');
  return html`<section aria-labelledby="search-head">
${head}
<p>${drawn.length < rows.length ? `The best ${drawn.length} of ${counted(rows.length, 'candidate')}` : counted(rows.length, 'candidate')}, each a line through its settings to its mean scores over the folds. The best: ${best}.</p>
${figure({
  chart,
  scrolls: TITLE,
  keys: [
    { mark: 'best', text: 'the best' },
    ...(goodOf(drawn.length) > 1 ? [{ mark: 'good', text: 'the best tenth' }] : []),
    { mark: 'other', text: 'the others' },
  ],
  data: tableBehind(
    `Candidates by rank${rows.length > LISTED ? `: the first ${LISTED} of ${rows.length}` : ''}`,
    {
      label: 'Candidates by rank',
      columns: [
        { name: 'rank' },
        ...listed.map(({ name }) => ({ name: name.replace(/^params\./, '').replaceAll('_', ' ') })),
      ],
      rows: ranked
        .slice(0, LISTED)
        .map((row) => [
          row[rank] === '' ? 'pruned' : row[rank]!,
          ...listed.map(({ column }) => valueText(row[column] ?? '')),
        ]),
    },
  ),
})}</section>
`;
}

const LISTED = 200;

/** How many are the best tenth. */
const goodOf = (candidates: number): number => Math.ceil(candidates / 10);

/** As an axis says it. */
const valueText = (text: string): string =>
  text === '' ? 'none' : Number.isFinite(Number(text)) ? short(Number(text)) : text;

function spec(axes: readonly Axis[], names: readonly string[], width: number): TopLevelSpec {
  const chartWidth = Math.max(width, axes.length * STEP);
  const good = goodOf(names.length);
  const room = chartWidth / axes.length - 6;
  const points = names
    .flatMap((name, i) =>
      axes.flatMap(({ positions, values }, axis) => {
        const position = positions[i];
        if (position === undefined) return [];
        const kind = i === 0 ? 'best' : i < good ? 'good' : 'other';
        const tip = `${name}: ${axes.map((each, k) => `${each.name} ${axes[k]!.values[i]!}`).join(', ')}`;
        return [{ i, axis, position, kind, tip, value: values[i]! }];
      }),
    )
    .reverse();
  const ticks = axes.flatMap((axis, i) => axis.ticks.map((tick) => ({ axis: i, ...tick })));
  const x = {
    field: 'axis',
    type: 'ordinal' as const,
    axis: null,
    scale: { domain: axes.map((_, i) => i), type: 'point' as const, padding: 0.5 },
  };
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    axis: null,
    scale: { domain: [-0.04, 1.14], nice: false },
  });
  const lines = (kind: string, color: string, strokeWidth: number, strokeOpacity: number) => ({
    data: { values: points.filter((point) => point.kind === kind) },
    mark: {
      type: 'line' as const,
      aria: true,
      color,
      strokeWidth,
      strokeOpacity,
      interpolate: 'monotone' as const,
    },
    encoding: {
      x,
      y: y('position'),
      detail: { field: 'i', type: 'nominal' as const },
      description: { field: 'tip', type: 'nominal' as const },
    },
  });
  return {
    width: chartWidth,
    height: 320,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values: axes.map((_, axis) => ({ axis, from: 0, to: 1 })) },
        mark: { type: 'rule', color: 'var(--link)' },
        encoding: { x, y: y('from'), y2: { field: 'to' } },
      },
      lines('other', 'var(--quiet)', 1, 0.45),
      lines('good', 'var(--known)', 1.5, 0.9),
      lines('best', 'var(--best)', 3, 1),
      {
        data: { values: ticks },
        mark: {
          type: 'text',
          align: 'left',
          dx: 5,
          baseline: 'middle',
          color: 'var(--ink)',
          stroke: 'var(--ground)',
          strokeWidth: 3,
          limit: STEP - 12,
        },
        encoding: { x, y: y('position'), text: { field: 'label', type: 'nominal' } },
      },
      {
        data: { values: ticks },
        mark: {
          type: 'text',
          align: 'left',
          dx: 5,
          baseline: 'middle',
          color: 'var(--ink)',
          limit: STEP - 12,
        },
        encoding: { x, y: y('position'), text: { field: 'label', type: 'nominal' } },
      },
      {
        data: { values: axes.map(({ name }, axis) => ({ axis, name, at: 1.1 })) },
        mark: { type: 'text', fontWeight: 'bold', color: 'var(--ink)', limit: room },
        encoding: { x, y: y('at'), text: { field: 'name', type: 'nominal' } },
      },
    ],
  };
}
