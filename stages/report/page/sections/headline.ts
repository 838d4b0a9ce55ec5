/**
 * The numbers that come first.
 *
 * @module
 */

import type { Scores } from '../../../learn/tagger/index.ts';
import { decimal, type Html, html, interval, NOTHING, whole } from '../../../page/index.ts';
import type { Summary } from '../../summary.ts';
import { estimateOf } from './months.ts';

export function headline({ total, worst, falls, months }: Summary, reference: Scores): Html {
  const all = estimateOf(total);
  const expected = estimateOf(reference);
  const figures: readonly (readonly [name: string, value: string, note: string])[] = [
    ['Micro F1, known tags', decimal(total.f1_micro), all === undefined ? '' : interval(all)],
    [
      'On held-out training months',
      decimal(reference.f1_micro),
      expected === undefined ? '' : interval(expected),
    ],
    ['Micro F1, all true tags', decimal(total.f1_micro_all_tags), 'unknown tags count as missed'],
    ['Worst month', worst === null ? '–' : decimal(worst.f1_micro), worst?.month ?? ''],
    ['Less predictable', `${whole(falls.fallen.length)} of ${whole(falls.judged)}`, 'tags judged'],
    [
      'Questions scored',
      whole(total.questions),
      `${whole(months.length)} ${months.length === 1 ? 'month' : 'months'}`,
    ],
  ];
  return html`<dl class="figures">
${figures.map(([name, value, note]) => html`<div><dt>${name}</dt><dd>${value}${note === '' ? NOTHING : html`<small>${note}</small>`}</dd></div>\n`)}</dl>
`;
}
