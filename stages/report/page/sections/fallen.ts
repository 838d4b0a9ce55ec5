/**
 * Tags that became less predictable.
 *
 * @module
 */

import type { JudgedTag } from '../../../learn/tagger/index.ts';
import {
  counted,
  decimal,
  type Html,
  html,
  interval,
  NOTHING,
  short,
  signed,
  table,
  tableBehind,
} from '../../../page/index.ts';
import type { Summary } from '../../summary.ts';

const SHOWN = 100;

export function fallenSection({ falls, months }: Summary, minSupport: number, rate: number): Html {
  const { judged, fallen, within_chance: rest } = falls;
  const middle = Math.floor(months.length / 2);
  const name = (part: Summary['months']): string => {
    const [first, last] = [part[0]?.month ?? '', part.at(-1)?.month ?? ''];
    return first === last ? first : `${first} to ${last}`;
  };
  return html`<section aria-labelledby="fallen-head">
<h2 id="fallen-head">Tags that became less predictable</h2>
${
  judged === 0
    ? html`<p>No known tag has at least ${counted(minSupport, 'question')} in each half of the months: none is judged.</p>\n`
    : html`<p>${counted(judged, 'known tag')} with at least ${counted(minSupport, 'question')} in each half of the months ${judged === 1 ? 'is' : 'are'} judged: F1 in ${name(months.slice(middle))} less F1 in ${name(months.slice(0, middle))}. ${
        fallen.length === 0 ? 'None fell' : `${counted(fallen.length, 'tag')} fell`
      } by more than chance explains (Benjamini and Hochberg, false discovery rate ${short(rate)}).</p>
${fallen.length === 0 ? NOTHING : table({ label: 'Tags that became less predictable', columns: columns(), rows: fallen.slice(0, SHOWN).map(row) })}${
  fallen.length <= SHOWN
    ? NOTHING
    : html`<p>The first ${SHOWN} of ${fallen.length}; <code>report.json</code> has all.</p>\n`
}${
  rest.length === 0
    ? NOTHING
    : tableBehind(
        `${counted(rest.length, rest.length === judged ? 'tag' : 'other tag')} fell by no more than chance explains${rest.length <= SHOWN ? '' : `: the first ${SHOWN}`}`,
        { label: 'Falls within chance', columns: columns(), rows: rest.slice(0, SHOWN).map(row) },
      )
}`
}</section>
`;
}

const columns = () =>
  ['tag', 'change', '95 % interval', 'F1 earlier', 'support', 'F1 later', 'support', 'adjusted p'].map(
    (name, i) => ({
      name,
      isText: i === 0,
    }),
  );

const row = ({ tag, earlier, later, change, change_low: low, change_high: high, q }: JudgedTag) => [
  tag,
  signed(change),
  interval({ low, high }),
  decimal(earlier.f1),
  earlier.support,
  decimal(later.f1),
  later.support,
  q < 0.001 ? '< 0.001' : q.toFixed(3),
];
