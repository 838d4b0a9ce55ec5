/**
 * Precision and recall by threshold, and the point that was chosen.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import {
  type Draw,
  decimal,
  drawForBoth,
  figure,
  type Html,
  html,
  short,
  tableBehind,
  whole,
} from '../../../page/index.ts';

/** Micro scores on the held-out training months if a tag were given above this threshold. */
export interface ThresholdScores {
  readonly threshold: number;
  /** Null where no tag is given. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export interface ThresholdsContent {
  /** By threshold. */
  readonly thresholds: readonly ThresholdScores[];
  /** What the recipe's decision, learned without them, makes of the same months. */
  readonly chosen: {
    readonly precision: number | null;
    readonly recall: number | null;
    readonly f1: number | null;
    /** The model's own, learned from all training months: one, or one for each tag or rank; none where it uses none. */
    readonly thresholds: readonly number[];
  };
}

const TITLE = 'Precision and recall by threshold';

export async function thresholdsSection(draw: Draw, content: ThresholdsContent): Promise<Html> {
  const { thresholds, chosen } = content;
  const head = html`<h2 id="thresholds-head">${TITLE}</h2>`;
  if (thresholds.length === 0)
    return html`<section aria-labelledby="thresholds-head">${head}<p>There are no thresholds to show.</p></section>\n`;
  const point = `precision ${decimal(chosen.precision)}, recall ${decimal(chosen.recall)}, F1 ${decimal(chosen.f1)}`;
  const decision = `The decision of the recipe gives ${point}.`;
  const own = ownThresholds(chosen.thresholds);
  const byThreshold = await drawForBoth(
    draw,
    { id: 'thresholds', title: TITLE, description: `${decision} ${own}` },
    (width) => thresholdSpec(content, Math.min(width, 500)),
  );
  const againstEachOther = await drawForBoth(
    draw,
    { id: 'pr', title: 'Precision against recall', description: `${decision} ${own}` },
    (width) => curveSpec(content, Math.min(width, 340)),
  );
  return html`<section aria-labelledby="thresholds-head">
${head}
<p>If each tag whose score is above a threshold were given, on the held-out training months. ${decision} ${own}</p>
${figure({
  chart: html`<div class="pair"><div>${byThreshold}</div><div>${againstEachOther}</div></div>`,
  keys: [
    { mark: 'known', text: 'precision' },
    { mark: 'all', text: 'recall' },
    { mark: 'ink', text: 'F1' },
    { mark: 'chosen', text: "the recipe's decision" },
    ...(chosen.thresholds.length === 0
      ? []
      : [
          {
            mark: 'event',
            text:
              chosen.thresholds.length === 1
                ? "the model's threshold"
                : "the model's thresholds, and their median",
          },
        ]),
  ],
  data: tableBehind('Scores by threshold', {
    label: TITLE,
    columns: ['threshold', 'precision', 'recall', 'F1'].map((name) => ({ name })),
    rows: thresholds.map(({ threshold, precision, recall, f1 }) => [
      short(threshold),
      decimal(precision),
      decimal(recall),
      decimal(f1),
    ]),
  }),
})}</section>
`;
}

/** One or none: the least, the median and the greatest. */
function spreadOf(thresholds: readonly number[]) {
  const sorted = [...thresholds].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? [] : [{ low: sorted[0]!, middle, high: sorted.at(-1)! }];
}

function ownThresholds(thresholds: readonly number[]): string {
  const [spread] = spreadOf(thresholds);
  if (spread === undefined) return 'The model has no threshold.';
  const { low, middle, high } = spread;
  return thresholds.length === 1
    ? `The model's own threshold is ${short(middle)}.`
    : `The model's own ${whole(thresholds.length)} thresholds lie from ${short(low)} to ${short(high)}, half of them below ${short(middle)}.`;
}

const SCORE = {
  type: 'quantitative' as const,
  scale: { domain: [0, 1] },
};
const AXIS = { format: '.1f', tickCount: 6, domain: false, ticks: false } as const;

function thresholdSpec({ thresholds, chosen }: ThresholdsContent, width: number): TopLevelSpec {
  const x = {
    field: 'threshold',
    type: 'quantitative' as const,
    scale: { nice: false, zero: false },
    axis: { title: 'threshold', grid: false, tickCount: 6 },
  };
  const line = (field: 'precision' | 'recall' | 'f1', color: string, strokeDash: number[]) => [
    {
      mark: { type: 'line' as const, color, strokeDash, strokeWidth: field === 'f1' ? 2.5 : 1.75 },
      encoding: { x, y: { ...SCORE, field, axis: { ...AXIS, title: null } } },
    },
  ];
  const own = spreadOf(chosen.thresholds).map((spread) => ({
    ...spread,
    tip: ownThresholds(chosen.thresholds),
  }));
  const tips = thresholds.map((row) => ({
    ...row,
    tip: `Threshold ${short(row.threshold)}: precision ${decimal(row.precision)}, recall ${decimal(row.recall)}, F1 ${decimal(row.f1)}`,
  }));
  return {
    width,
    height: 270,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values: tips },
    layer: [
      {
        data: { values: own },
        mark: { type: 'rect', color: 'var(--spread)' },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      ...line('precision', 'var(--known)', []),
      ...line('recall', 'var(--all)', [5, 3]),
      ...line('f1', 'var(--ink)', []),
      {
        mark: { type: 'circle', aria: true, color: 'var(--ink)', size: 26, opacity: 0.001 },
        encoding: {
          x,
          y: { ...SCORE, field: 'f1', axis: { ...AXIS, title: null } },
          description: { field: 'tip', type: 'nominal' },
        },
      },
      {
        data: { values: own },
        mark: { type: 'rule', aria: true, color: 'var(--event)', strokeDash: [2, 3], strokeWidth: 2 },
        encoding: { x: { ...x, field: 'middle' }, description: { field: 'tip', type: 'nominal' } },
      },
    ],
  };
}

function curveSpec({ thresholds, chosen }: ThresholdsContent, width: number): TopLevelSpec {
  const x = { ...SCORE, field: 'recall', axis: { ...AXIS, title: 'recall' } };
  const y = { ...SCORE, field: 'precision', axis: { ...AXIS, title: 'precision' } };
  return {
    width,
    height: 270,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values: thresholds.filter(({ precision }) => precision !== null) },
        mark: { type: 'line', color: 'var(--known)' },
        encoding: { x, y, order: { field: 'threshold', type: 'quantitative' } },
      },
      {
        data: {
          values:
            chosen.precision === null
              ? []
              : [
                  {
                    ...chosen,
                    tip: `The recipe's decision: precision ${decimal(chosen.precision)}, recall ${decimal(chosen.recall)}`,
                  },
                ],
        },
        mark: {
          type: 'point',
          aria: true,
          shape: 'diamond',
          filled: true,
          color: 'var(--event)',
          size: 130,
          opacity: 1,
        },
        encoding: { x, y, description: { field: 'tip', type: 'nominal' } },
      },
    ],
  };
}
