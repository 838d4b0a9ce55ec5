/**
 * The questions that a server answered, beside those of training.
 *
 * @module
 */

import { counted, type Html, html, NOTHING, short, table } from '../../page/index.ts';
import type { ServedDrift } from '../monitoring.ts';
import { columnName } from './column-names.ts';

export function servedSection({ questions, columns }: ServedDrift): Html {
  const drifted = columns.filter(({ drift }) => drift).length;
  const judged =
    columns.length === 0
      ? 'too few to be judged.'
      : `${drifted} of ${counted(columns.length, 'column')} drifted from training.`;
  return html`<section aria-labelledby="served-head">
<h2 id="served-head">Questions that were asked</h2>
<p>The log has ${counted(questions, 'question')} that this model answered, ${judged}</p>
${
  columns.length === 0
    ? NOTHING
    : table({
        label: 'Questions that were asked',
        columns: [
          { name: 'column', isText: true },
          { name: 'adjusted p' },
          { name: 'p' },
          { name: 'drift', isText: true },
        ],
        rows: columns.map(({ column, q, p, drift }) => [
          columnName(column),
          short(q),
          short(p),
          drift ? 'yes' : 'no',
        ]),
      })
}</section>
`;
}
