/**
 * Tags that became less predictable, by month.
 *
 * @module
 */

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
} from '../../page/index.ts';
import type { Content } from './content.ts';

const SHOWN = 60;

export function fallsSection({ monitoring, settings }: Content): Html {
  const rows = monitoring.months.flatMap(({ month, falls }) =>
    falls.drift ? falls.fallen.map((tag) => ({ month, ...tag })) : [],
  );
  const judged = monitoring.months.reduce((sum, { falls }) => sum + falls.judged, 0);
  return html`<section aria-labelledby="falls-head">
<h2 id="falls-head">Tags that got worse</h2>
<p>F1 of a month less F1 on the held-out training months, of tags with at least ${counted(settings.min_support, 'question')} in both: ${counted(judged, 'comparison')}. ${rows.length === 0 ? 'None fell by more than chance explains.' : NOTHING}</p>
${
  rows.length === 0
    ? NOTHING
    : table({
        label: 'Tags that got worse',
        columns: [
          { name: 'tag', isText: true },
          { name: 'month', isText: true },
          { name: 'change' },
          { name: '95 % interval' },
          { name: 'F1 then' },
          { name: 'F1 now' },
          { name: 'questions' },
          { name: 'adjusted p, in the month' },
        ],
        rows: rows
          .slice(0, SHOWN)
          .map(({ tag, month, change, change_low: low, change_high: high, earlier, later, q }) => [
            tag,
            month,
            signed(change),
            interval({ low, high }),
            decimal(earlier.f1),
            decimal(later.f1),
            later.support,
            short(q),
          ]),
      })
}${rows.length > SHOWN ? html`<p>The first ${SHOWN} of ${rows.length}; <code>monitor.json</code> has all.</p>\n` : NOTHING}</section>
`;
}
