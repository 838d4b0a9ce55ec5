/**
 * What to do, why, and the numbers that come first.
 *
 * @module
 */

import { counted, decimal, type Html, html, NOTHING, signed } from '../../page/index.ts';
import { hasDrifted } from '../status.ts';
import type { Content } from './content.ts';

const WORDS = {
  healthy: { name: 'Healthy', text: 'Nothing has drifted by more than chance explains.' },
  watch: { name: 'Watch', text: 'Something has drifted; every gate is passed.' },
  retrain: { name: 'Act: train it again', text: 'A gate is not passed.' },
} as const;

export function headline({ status, monitoring, gates, inputs }: Content): Html {
  const { name, text } = WORDS[status.status];
  const drifted = monitoring.months.filter(hasDrifted);
  const gateText = (value: number | null): string => (value === null ? 'no gate' : `gate ${value}`);
  const figures: readonly (readonly [string, string, string])[] = [
    ['Micro F1, last month', decimal(status.f1_micro), gateText(gates.f1_micro_below)],
    [
      'Against held-out training months',
      status.f1_micro_change === null ? '–' : signed(status.f1_micro_change),
      `from ${decimal(inputs.heldOut.scores.f1_micro)}`,
    ],
    ['Expected without labels', decimal(status.f1_micro_expected), 'by calibrated probabilities'],
    ['Columns drifted, last month', decimal(status.drift_share), gateText(gates.drift_share_above)],
    ['Days of data since training', String(status.stale_days), gateText(gates.stale_days)],
    ['F1 ceiling, last month', decimal(status.f1_ceiling), 'over all true tags, set by unknown ones'],
  ];
  return html`<section class="verdict ${status.status}" aria-label="Verdict">
<p class="verdict-name"><strong>${name}</strong></p>
<p>${text}${status.failed_gates === '' ? NOTHING : html` ${status.failed_gates}.`} ${
    drifted.length === 0
      ? NOTHING
      : html`Drift in ${counted(drifted.length, 'month')} of ${monitoring.months.length}, first in ${drifted[0]!.month}.`
  } ${counted(monitoring.tests, 'test')}, judged together.</p>
</section>
<dl class="figures">
${figures.map(([label, value, remark]) => html`<div><dt>${label}</dt><dd>${value}<small>${remark}</small></dd></div>\n`)}</dl>
`;
}
