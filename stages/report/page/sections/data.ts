/**
 * The data by month: questions collected, and what of them was used.
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
  monthAxis,
  NOTHING,
  tableBehind,
  whole,
} from '../../../page/index.ts';

export interface DataMonth {
  readonly month: string;
  readonly isWatched: boolean;
  /** Questions collected. */
  readonly collected: number;
  /** Rows of the source that could not be used. */
  readonly refused: number;
  /** Questions left after cleaning. */
  readonly clean: number;
}

export async function dataSection(draw: Draw, months: readonly DataMonth[]): Promise<Html> {
  const title = 'Data by month';
  if (months.length === 0) return NOTHING;
  const sum = (key: 'collected' | 'refused' | 'clean'): number =>
    months.reduce((total, month) => total + month[key], 0);
  const facts = `${counted(sum('collected'), 'question')} collected, ${counted(sum('refused'), 'row')} refused, ${counted(sum('clean'), 'question')} left after cleaning`;
  const isAnyLost = sum('refused') > 0 || sum('collected') > sum('clean');
  const chart = await drawForBoth(
    draw,
    { id: 'data', title, description: `${facts}, from ${months[0]!.month} to ${months.at(-1)!.month}.` },
    (width) => spec(months, width),
  );
  return html`<section aria-labelledby="data-head">
<h2 id="data-head">${title}</h2>
<p>${facts}.</p>
${figure({
  chart,
  keys: [
    { mark: 'trained', text: 'learned from' },
    { mark: 'watched', text: 'watched' },
    ...(isAnyLost ? [{ mark: 'lost', text: 'refused, or left out in cleaning' }] : []),
  ],
  data: tableBehind('Questions by month', {
    label: title,
    columns: [
      { name: 'month', isText: true },
      { name: 'for', isText: true },
      { name: 'collected' },
      { name: 'rows refused' },
      { name: 'after cleaning' },
    ],
    rows: months.map(({ month, isWatched, collected, refused, clean }) => [
      month,
      isWatched ? 'watching' : 'learning',
      whole(collected),
      whole(refused),
      whole(clean),
    ]),
  }),
})}</section>
`;
}

function spec(months: readonly DataMonth[], width: number): TopLevelSpec {
  const values = months.flatMap(({ month, isWatched, collected, refused, clean }) => {
    const lost = refused + collected - clean;
    const used = {
      month,
      from: 0,
      to: clean,
      fill: isWatched ? 'var(--watched)' : 'var(--trained)',
      tip: `${month}: ${counted(clean, 'question')}`,
    };
    return lost <= 0
      ? [used]
      : [
          used,
          {
            month,
            from: clean,
            to: clean + lost,
            fill: 'var(--lost)',
            tip: `${month}: ${whole(refused)} refused, ${whole(collected - clean)} left out in cleaning`,
          },
        ];
  });
  return {
    width,
    height: 200,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values },
    mark: { type: 'bar', aria: true },
    encoding: {
      x: monthAxis(
        months.map(({ month }) => month),
        width,
      ),
      y: {
        field: 'from',
        type: 'quantitative',
        axis: { title: 'questions', format: ',d', tickCount: 5, domain: false, ticks: false },
      },
      y2: { field: 'to' },
      color: { field: 'fill', type: 'nominal', scale: null },
      description: { field: 'tip', type: 'nominal' },
    },
  };
}
