/**
 * Micro F1 by month beside what calibrated probabilities expect, and the control charts.
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
  scoresByMonth,
  short,
  signed,
  tableBehind,
  whole,
} from '../../page/index.ts';
import type { Content } from './content.ts';

export async function scoresSection(draw: Draw, content: Content): Promise<Html> {
  const { months, cusum, ewma, streams } = content.monitoring;
  const title = 'Micro F1, real and expected';
  if (months.length === 0)
    return html`<section aria-labelledby="scores-head"><h2 id="scores-head">${title}</h2><p>There is no month.</p></section>\n`;
  const fell = months.filter(({ change }) => change?.drift === true).map(({ month }) => month);
  const chart = await drawForBoth(
    draw,
    {
      id: 'scores',
      title,
      description: `From ${decimal(months[0]!.scores.f1_micro)} in ${months[0]!.month} to ${decimal(months.at(-1)!.scores.f1_micro)} in ${months.at(-1)!.month}; the table below has the values.`,
    },
    (width) => spec(content, width),
  );
  const monthOf = (alarm: number | undefined): string =>
    alarm === undefined ? 'no alarm' : `alarm in ${months[alarm]!.month}`;
  return html`<section aria-labelledby="scores-head">
<h2 id="scores-head">${title}</h2>
<p>${fell.length === 0 ? 'In no month' : html`In ${fell.join(', ')}`} micro F1 is below that of the held-out training months by more than chance explains. What probabilities expect needs no labels; it does not see that tags come to mean something else.</p>
${figure({
  chart,
  keys: [
    { mark: 'known', text: 'real, known tags, with interval' },
    { mark: 'all', text: 'expected without labels' },
    { mark: 'event', text: 'ceiling over all true tags' },
    { mark: 'reference', text: 'held-out training months' },
  ],
  data: tableBehind('Micro F1 by month as a table', {
    label: title,
    columns: [
      { name: 'month', isText: true },
      { name: 'questions' },
      { name: 'micro F1' },
      { name: '95 % interval' },
      { name: 'expected' },
      { name: 'all tags' },
      { name: 'ceiling' },
      { name: 'change' },
      { name: 'adjusted p' },
      { name: 'CUSUM' },
      { name: 'EWMA' },
    ],
    rows: months.map(({ month, scores, expectedF1, f1Ceiling, change }, i) => [
      month,
      whole(scores.questions),
      decimal(scores.f1_micro),
      `${decimal(scores.f1_micro_low)} to ${decimal(scores.f1_micro_high)}`,
      decimal(expectedF1),
      decimal(scores.f1_micro_all_tags),
      decimal(f1Ceiling),
      change === null ? '–' : signed(change.value),
      change === null ? '–' : short(change.q),
      cusum.sums[i] === undefined ? '–' : cusum.sums[i].toFixed(2),
      decimal(ewma.points[i]?.mean ?? null),
    ]),
  }),
})}<p>Control charts: CUSUM (k ${cusum.k}, h ${cusum.h}) ${monthOf(cusum.alarm)}, adjusted p ${short(cusum.q)}; EWMA (λ ${ewma.lambda}, L ${ewma.limit}) ${monthOf(ewma.alarm)}. Questions without a right tag, one by one: DDM ${alarms(streams.ddm)}, ADWIN ${alarms(streams.adwin)}. Of these only CUSUM counts for the verdict, by its adjusted p.</p>
</section>
`;
}

const alarms = (places: readonly number[]): string =>
  places.length === 0 ? 'sees no change' : `sees a change at question ${places.map(whole).join(', ')}`;

function spec({ monitoring, inputs }: Content, width: number): TopLevelSpec {
  const rows = monitoring.months.map(({ month, scores, expectedF1, f1Ceiling }) => ({
    month,
    real: scores.f1_micro,
    low: scores.f1_micro_low,
    high: scores.f1_micro_high,
    expected: expectedF1,
    ceiling: f1Ceiling,
    tip: `${month}: ${decimal(scores.f1_micro)} (${decimal(scores.f1_micro_low)} to ${decimal(scores.f1_micro_high)})`,
    expectedTip: `${month}: ${decimal(expectedF1)} expected`,
    ceilingTip: `${month}: ${decimal(f1Ceiling)} at the most over all true tags`,
  }));
  return scoresByMonth(
    {
      rows,
      reference: inputs.heldOut.scores.f1_micro,
      lines: [
        { field: 'ceiling', tip: 'ceilingTip', color: 'var(--event)', strokeDash: [2, 3], shape: 'diamond' },
        { field: 'expected', tip: 'expectedTip', color: 'var(--all)', strokeDash: [5, 3], shape: 'square' },
        { field: 'real', tip: 'tip', color: 'var(--known)', strokeDash: [1, 0], shape: 'circle' },
      ],
    },
    width,
  );
}
