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
  NOTHING,
  scoresByMonth,
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
  return scoresByMonth(
    {
      rows,
      reference: reference.f1_micro,
      events: planted.map(([month, what], i) => ({ month, mark: i + 1, tip: `${month}: ${what}` })),
      lines: [
        { field: 'all', tip: 'allTip', color: 'var(--all)', strokeDash: [5, 3], shape: 'square' },
        { field: 'known', tip: 'tip', color: 'var(--known)', strokeDash: [1, 0], shape: 'circle' },
      ],
    },
    width,
  );
}
