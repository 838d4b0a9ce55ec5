/**
 * Tags that no training question had, with questions that have them.
 *
 * @module
 */

import { counted, type Html, html, NOTHING, table } from '../../page/index.ts';
import type { NewTag } from '../new-tags.ts';
import type { Content } from './content.ts';

const SHOWN = 40;

export function newTagsSection({ monitoring }: Content): Html {
  const byTag = new Map<string, { first: string; questions: number; examples: NewTag['examples'] }>();
  for (const { month, newTags } of monitoring.months) {
    for (const { tag, questions, examples } of newTags) {
      const known = byTag.get(tag);
      byTag.set(tag, {
        first: known?.first ?? month,
        questions: (known?.questions ?? 0) + questions,
        examples: known?.examples ?? examples,
      });
    }
  }
  const rows = [...byTag].sort(([a, x], [b, y]) => y.questions - x.questions || (a < b ? -1 : 1));
  return html`<section aria-labelledby="new-head">
<h2 id="new-head">New tags</h2>
<p>${rows.length === 0 ? 'Every tag was there in training.' : html`${counted(rows.length, 'tag')} that no training question had. The model cannot give them: they lower the ceiling of F1 over all true tags.`}</p>
${
  rows.length === 0
    ? NOTHING
    : table({
        label: 'New tags',
        columns: [
          { name: 'tag', isText: true },
          { name: 'first seen', isText: true },
          { name: 'questions' },
          { name: 'such as', isText: true },
        ],
        rows: rows
          .slice(0, SHOWN)
          .map(([tag, { first, questions, examples }]) => [
            tag,
            first,
            questions,
            html`${examples.map(({ title, link }, i) => html`${i === 0 ? NOTHING : '; '}${isLink(link) ? html`<a href="${link}">${title}</a>` : title}`)}`,
          ]),
      })
}</section>
`;
}

/** What a page may lead to: nothing that runs. */
const isLink = (link: string | null): link is string => link !== null && /^https?:\/\//.test(link);
