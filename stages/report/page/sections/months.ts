/**
 * Micro F1 by month: its interval, the held-out training months to compare with, and what was planted.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import { differenceOf, type Estimate } from '../../../learn/metrics/index.ts';
import type { Scores } from '../../../learn/tagger/index.ts';
import {
  counted,
  type Draw,
  decimal,
  drawForBoth,
  figure,
  type Html,
  html,
  interval,
  monthAxis,
  NOTHING,
  signed,
  tableBehind,
  whole,
} from '../../../page/index.ts';
import type { WatchedMonth } from '../../summary.ts';

export interface MonthsContent {
  readonly months: readonly WatchedMonth[];
  /** On the training months held out. */
  readonly reference: Scores;
  /** What was planted, by month. */
  readonly planted: ReadonlyMap<string, string>;
}

export async function monthsSection(draw: Draw, content: MonthsContent): Promise<Html> {
  const { months, reference, planted } = content;
  const expected = estimateOf(reference);
  const below = months.filter(({ scores }) => isBelow(expected, estimateOf(scores)));
  const marks = [...planted].filter(([month]) => months.some((watched) => watched.month === month));
  const title = 'Micro F1 by month';
  const chart = await drawForBoth(draw, { id: 'months', title, description: describe(content) }, (width) =>
    spec(content, marks, width),
  );
  return html`<section aria-labelledby="months-head">
<h2 id="months-head">${title}</h2>
<p>Over the tags that the model knows, with the 95 % interval by question. ${
    expected === undefined
      ? NOTHING
      : html`${below.length === 0 ? 'No month' : counted(below.length, 'month')} of ${months.length} ${below.length > 1 ? 'are' : 'is'} below the held-out training months (${decimal(reference.f1_micro)}) by more than chance explains.`
  }</p>
${figure({
  chart,
  keys: [
    { mark: 'known', text: 'known tags, with interval' },
    { mark: 'all', text: 'all true tags' },
    { mark: 'reference', text: 'held-out training months' },
    ...(marks.length === 0 ? [] : [{ mark: 'event', text: 'planted in the synthetic data' }]),
  ],
  data: html`${
    marks.length === 0
      ? NOTHING
      : html`<p>Planted in the synthetic data:</p>
<ol class="planted">${marks.map(([month, what]) => html`<li>${month}: ${what}</li>`)}</ol>
`
  }${monthTable(months, expected)}`,
})}</section>
`;
}

function monthTable(months: readonly WatchedMonth[], expected: Estimate | undefined): Html {
  const names = [
    'month',
    'questions',
    'F1',
    '95 % interval',
    'less held-out',
    'F1, all tags',
    'precision',
    'recall',
    'macro F1',
    'exactly right',
    'best tag right',
    'LRAP',
  ];
  return tableBehind('Scores by month', {
    label: 'Scores by month',
    columns: names.map((name, i) => ({ name, isText: i === 0 })),
    rows: months.map(({ month, scores }) => {
      const estimate = estimateOf(scores);
      const change =
        expected === undefined || estimate === undefined ? undefined : differenceOf(expected, estimate);
      return [
        month,
        whole(scores.questions),
        decimal(scores.f1_micro),
        estimate === undefined ? '–' : interval(estimate),
        change === undefined ? '–' : `${signed(change.value)} (${interval(change)})`,
        decimal(scores.f1_micro_all_tags),
        decimal(scores.precision_micro),
        decimal(scores.recall_micro),
        decimal(scores.f1_macro),
        decimal(scores.subset_accuracy),
        decimal(scores.precision_at_1),
        decimal(scores.lrap),
      ];
    }),
  });
}

export function estimateOf(
  scores: Pick<Scores, 'f1_micro' | 'f1_micro_se' | 'f1_micro_low' | 'f1_micro_high'>,
): Estimate | undefined {
  const { f1_micro: value, f1_micro_se: standardError, f1_micro_low: low, f1_micro_high: high } = scores;
  if (value === null || standardError === null || low === null || high === null) return undefined;
  return { value, standardError, low, high };
}

const isBelow = (expected: Estimate | undefined, estimate: Estimate | undefined): boolean =>
  expected !== undefined && estimate !== undefined && differenceOf(expected, estimate).high < 0;

function describe({ months, reference }: MonthsContent): string {
  const scored = months.filter(({ scores }) => scores.f1_micro !== null);
  const [first, last] = [scored[0], scored.at(-1)];
  if (first === undefined || last === undefined) return 'No month has a score.';
  return `From ${decimal(first.scores.f1_micro)} in ${first.month} to ${decimal(last.scores.f1_micro)} in ${last.month}; ${decimal(reference.f1_micro)} on the held-out training months.`;
}

function spec(
  { months, reference }: MonthsContent,
  planted: readonly (readonly [string, string])[],
  width: number,
): TopLevelSpec {
  const rows = months.map(({ month, scores }) => ({
    month,
    known: scores.f1_micro,
    low: scores.f1_micro_low,
    high: scores.f1_micro_high,
    all: scores.f1_micro_all_tags,
    tip: `${month}: ${decimal(scores.f1_micro)}${scores.f1_micro_low === null ? '' : ` (${decimal(scores.f1_micro_low)} to ${decimal(scores.f1_micro_high)})`}, ${counted(scores.questions, 'question')}`,
    allTip: `${month}: ${decimal(scores.f1_micro_all_tags)} over all true tags`,
  }));
  const values = [
    ...rows.flatMap(({ known, low, high, all }) => [known, low, high, all]),
    reference.f1_micro,
  ].filter((value) => value !== null);
  const domain = [
    Math.max(0, Math.floor(Math.min(1, ...values) * 20 - 0.5) / 20),
    Math.min(1, Math.ceil(Math.max(0, ...values) * 20 + 0.5) / 20),
  ];
  const x = monthAxis(
    months.map(({ month }) => month),
    width,
  );
  const score = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain, nice: false, zero: false },
    axis: { format: '.2f', title: null, tickCount: 6, domain: false, ticks: false },
  });
  const tip = (field: string) => ({ field, type: 'nominal' as const });
  return {
    width,
    height: width > 500 ? 300 : 240,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values: rows },
    layer: [
      {
        data: {
          values: planted.map(([month, what], i) => ({ month, mark: i + 1, tip: `${month}: ${what}` })),
        },
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
            encoding: { x, text: { field: 'mark' }, description: tip('tip') },
          },
        ],
      },
      {
        mark: { type: 'area', color: 'var(--band)' },
        encoding: { x, y: score('low'), y2: { field: 'high' } },
      },
      ...(reference.f1_micro === null
        ? []
        : [
            {
              data: {
                values: [
                  {
                    value: reference.f1_micro,
                    tip: `Held-out training months: ${decimal(reference.f1_micro)}`,
                  },
                ],
              },
              mark: {
                type: 'rule' as const,
                aria: true,
                color: 'var(--reference)',
                strokeDash: [7, 4],
                strokeWidth: 1.5,
              },
              encoding: { y: score('value'), description: tip('tip') },
            },
          ]),
      {
        mark: { type: 'rule', color: 'var(--known)' },
        encoding: { x, y: score('low'), y2: { field: 'high' } },
      },
      { mark: { type: 'line', color: 'var(--all)', strokeDash: [5, 3] }, encoding: { x, y: score('all') } },
      {
        mark: { type: 'square', aria: true, color: 'var(--all)', size: 40, opacity: 1 },
        encoding: { x, y: score('all'), description: tip('allTip') },
      },
      { mark: { type: 'line', color: 'var(--known)' }, encoding: { x, y: score('known') } },
      {
        mark: { type: 'circle', aria: true, color: 'var(--known)', size: 60, opacity: 1 },
        encoding: { x, y: score('known'), description: tip('tip') },
      },
    ],
  };
}
