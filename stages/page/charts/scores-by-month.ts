/**
 * Scores between 0 and 1 by month: the interval of one as a band, a line for each, and the value to compare with.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import { decimal } from '../number-text.ts';
import { monthAxis } from './month-axis.ts';

export interface ScoreLine {
  /** Of the rows: the score, and what is said of its point. */
  readonly field: string;
  readonly tip: string;
  readonly color: string;
  readonly strokeDash: readonly number[];
  readonly shape: 'circle' | 'square' | 'diamond';
}

interface ScoresByMonth {
  /** One for each month; null is no score. */
  readonly rows: readonly ({
    readonly month: string;
    readonly low: number | null;
    readonly high: number | null;
  } & Readonly<Record<string, unknown>>)[];
  /** The last one lies above the others. */
  readonly lines: readonly ScoreLine[];
  /** On the held-out training months. */
  readonly reference: number | null;
  /** To be marked. */
  readonly events?: readonly { readonly month: string; readonly mark: number; readonly tip: string }[];
}

export function scoresByMonth(
  { rows, lines, reference, events = [] }: ScoresByMonth,
  width: number,
): TopLevelSpec {
  const values = [
    ...rows.flatMap((row) => ['low', 'high', ...lines.map(({ field }) => field)].map((field) => row[field])),
    reference,
  ].filter((value) => typeof value === 'number');
  const x = monthAxis(
    rows.map(({ month }) => month),
    width,
  );
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: domainOf(values), nice: false, zero: false },
    axis: { format: '.2f', title: null, tickCount: 6, domain: false, ticks: false },
  });
  const description = (field: string) => ({ field, type: 'nominal' as const });
  const interval = { x, y: y('low'), y2: { field: 'high' } };
  return {
    width,
    height: width > 500 ? 300 : 240,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values: [...rows] },
    layer: [
      {
        data: { values: [...events] },
        layer: [
          { mark: { type: 'rule', color: 'var(--event)', strokeDash: [2, 3] }, encoding: { x } },
          {
            mark: {
              type: 'text',
              aria: true,
              color: 'var(--event)',
              fontWeight: 'bold',
              align: 'left',
              dx: 4,
              dy: 6,
              y: 0,
            },
            encoding: { x, text: { field: 'mark' }, description: description('tip') },
          },
        ],
      },
      { mark: { type: 'area', color: 'var(--band)' }, encoding: interval },
      {
        data: {
          values:
            reference === null
              ? []
              : [{ value: reference, tip: `Held-out training months: ${decimal(reference)}` }],
        },
        mark: { type: 'rule', aria: true, color: 'var(--reference)', strokeDash: [7, 4], strokeWidth: 1.5 },
        encoding: { y: y('value'), description: description('tip') },
      },
      { mark: { type: 'rule', color: 'var(--known)' }, encoding: interval },
      ...lines.flatMap(({ field, tip, color, strokeDash, shape }) => [
        {
          mark: { type: 'line' as const, color, strokeDash: [...strokeDash] },
          encoding: { x, y: y(field) },
        },
        {
          mark: { type: 'point' as const, shape, filled: true, aria: true, color, size: 50, opacity: 1 },
          encoding: { x, y: y(field), description: description(tip) },
        },
      ]),
    ],
  };
}

/** Steps of 0.05, with room at both ends. */
function domainOf(values: readonly number[]): [low: number, high: number] {
  const steps = 20;
  return [
    Math.max(0, Math.floor(Math.min(1, ...values) * steps - 0.5) / steps),
    Math.min(1, Math.ceil(Math.max(0, ...values) * steps + 0.5) / steps),
  ];
}
