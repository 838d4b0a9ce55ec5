/**
 * Micro F1 by month as inline SVG; its colours come from the page.
 *
 * @module
 */

import { decimal, type Html, html } from './html.ts';

export interface ChartMonth {
  readonly month: string;
  readonly known: number | null;
  readonly all: number | null;
  /** What was planted to happen here. */
  readonly note: string | null;
}

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 44;
const RIGHT = 12;
const TOP = 16;
const BOTTOM = 46;

/** @param reference A score to compare with, drawn as a dashed line. */
export function monthChart(months: readonly ChartMonth[], reference: number | null): Html {
  const values = months
    .flatMap(({ known, all }) => [known, all])
    .concat(reference)
    .filter((value) => value !== null);
  const top = Math.min(1, Math.ceil((Math.max(0, ...values) + 0.02) * 10) / 10);
  const bottom = Math.max(0, Math.floor((Math.min(1, ...values) - 0.02) * 10) / 10);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, months.length);
  const x = (i: number): number => round(LEFT + step * (i + 0.5));
  const y = (value: number): number =>
    round(TOP + ((top - value) / (top - bottom)) * (HEIGHT - TOP - BOTTOM));
  const ticks = Array.from({ length: Math.round((top - bottom) * 10) + 1 }, (_, i) => bottom + i / 10);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title">
<title id="chart-title">Micro F1 by month</title>
${ticks.map(
  (tick) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/>
<text class="axis" x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${tick.toFixed(1)}</text>
`,
)}${months.map(
  ({ month }, i) =>
    html`<text class="axis" x="${x(i)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${i === 0 || month.endsWith('-01') ? month : month.slice(5)}</text>
`,
)}${months.map(({ note }, i) =>
  note === null
    ? html``
    : html`<line class="event" x1="${x(i)}" x2="${x(i)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"><title>${note}</title></line>
<text class="axis" x="${x(i)}" y="${HEIGHT - 8}" text-anchor="middle">▲</text>
`,
)}${
  reference === null
    ? html``
    : html`<line class="reference" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(reference)}" y2="${y(reference)}"><title>Held-out training months: ${decimal(reference)}</title></line>
`
}${series(
  'all',
  months.map(({ month, all }) => ({ month, value: all })),
  x,
  y,
)}${series(
  'known',
  months.map(({ month, known }) => ({ month, value: known })),
  x,
  y,
)}</svg>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** A line through the months that have a value, and a dot for each. */
function series(
  name: 'known' | 'all',
  points: readonly { readonly month: string; readonly value: number | null }[],
  x: (i: number) => number,
  y: (value: number) => number,
): Html {
  const drawn = points.flatMap(({ month, value }, i) =>
    value === null ? [] : [{ month, value, x: x(i), y: y(value) }],
  );
  return html`<polyline class="${name}" points="${drawn.map((point) => `${point.x},${point.y}`).join(' ')}"/>
${drawn.map(
  (
    point,
  ) => html`<circle class="${name}" cx="${point.x}" cy="${point.y}" r="3.5"><title>${point.month}: ${decimal(point.value)}</title></circle>
`,
)}`;
}
