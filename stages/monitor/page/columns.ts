/**
 * The reference's and the last month's distributions side by side.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import { type Draw, type Html, html, NOTHING, short, table, tableBehind } from '../../page/index.ts';
import type { MonthDrift } from '../monitoring.ts';
import { columnName } from './column-names.ts';
import type { Content } from './content.ts';

type Columns = MonthDrift['columns'];
type Numbers = Extract<Columns[number], { readonly kind: 'numbers' }>;

export async function columnsSection(draw: Draw, { monitoring }: Content): Promise<Html> {
  const last = monitoring.months.at(-1);
  const title = 'Reference and current';
  if (last === undefined) return NOTHING;
  const rows = await Promise.all(
    last.columns.map(async (column) => [
      columnName(column.column),
      column.kind === 'numbers' ? await histogram(draw, column) : membersOf(column),
      short(column.p),
      short(column.q),
      column.drift ? html`<strong>yes</strong>` : 'no',
    ]),
  );
  const { text } = last;
  return html`<section aria-labelledby="columns-head">
<h2 id="columns-head">${title}</h2>
<p>The training questions and those of ${last.month}: shares of the questions over ten parts of the reference, and the members of sets whose shares changed most.</p>
${table({
  label: title,
  columns: [
    { name: 'column', isText: true },
    { name: 'reference (lines) and current (bars)', isText: true },
    { name: 'p' },
    { name: 'adjusted p' },
    { name: 'drift', isText: true },
  ],
  rows,
})}${last.columns.map((column) =>
  column.kind !== 'sets' || column.members.length === 0
    ? NOTHING
    : tableBehind(`${columnName(column.column)}: what changed most`, {
        label: columnName(column.column),
        columns: [
          { name: 'member', isText: true },
          { name: 'reference' },
          { name: 'current' },
          { name: 'adjusted p, in the column' },
        ],
        rows: column.members.map(({ name, reference, current, q }) => [
          name,
          percent(reference / column.referenceQuestions),
          percent(current / column.currentQuestions),
          short(q),
        ]),
      }),
)}${
  text === null
    ? NOTHING
    : html`<p>A classifier tells the texts of ${last.month} from those of the last training months with an AUC of ${short(text.auc)} (0.5: not at all; adjusted p ${short(text.q)}).${text.drift && text.words.current.length > 0 ? html` Words that speak for the month: ${text.words.current.slice(0, 12).join(', ')}.` : NOTHING}</p>\n`
}</section>
`;
}

function membersOf(column: Extract<Columns[number], { readonly kind: 'sets' }>): string {
  const changed = column.members
    .filter(({ q }) => q <= 0.05)
    .slice(0, 4)
    .map(
      ({ name, reference, current }) =>
        `${name} ${percent(reference / column.referenceQuestions)} → ${percent(current / column.currentQuestions)}`,
    );
  return changed.length === 0 ? 'no member changed' : changed.join('; ');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Small enough for a cell of a table; the bins of the reference in groups of as many questions. */
async function histogram(draw: Draw, column: Numbers): Promise<Html> {
  const groups = groupBins(column);
  const spec: TopLevelSpec = {
    width: 180,
    height: 36,
    padding: 1,
    data: { values: groups },
    encoding: { x: { field: 'bin', type: 'ordinal', axis: null, scale: { padding: 0.1 } } },
    layer: [
      {
        mark: { type: 'bar', aria: true, color: 'var(--watched)' },
        encoding: {
          y: { field: 'current', type: 'quantitative', axis: null, scale: { zero: true } },
          description: { field: 'tip', type: 'nominal' },
        },
      },
      {
        // Across the whole of its bin, as its bar.
        mark: { type: 'rule', color: 'var(--all)', strokeWidth: 2 },
        encoding: {
          x: { field: 'bin', bandPosition: 0 },
          x2: { field: 'bin', bandPosition: 1 },
          y: { field: 'reference', type: 'quantitative', axis: null },
        },
      },
    ],
  };
  const name = columnName(column.column);
  return draw(
    {
      id: `column-${column.column.replaceAll('_', '-')}`,
      title: name,
      description: groups.map(({ tip }) => tip).join('; '),
    },
    spec,
  );
}

interface Group {
  readonly bin: number;
  readonly reference: number;
  readonly current: number;
  readonly tip: string;
}

const GROUPS = 10;

function groupBins({ reference, current }: Numbers): readonly Group[] {
  const [n, m] = [reference.counts, current.counts].map((counts) =>
    counts.reduce((sum, count) => sum + count, 0),
  );
  const groups: Group[] = [];
  let [was, is, first] = [0, 0, -1];
  let left = n!;
  reference.counts.forEach((count, i) => {
    was += count;
    is += current.counts[i]!;
    left -= count;
    // A rest of less than half a group belongs to the last one.
    const isLast = i + 1 === reference.counts.length;
    if (!isLast && (was < n! / GROUPS || left < n! / GROUPS / 2)) return;
    const [low, high] = [reference.edges[first], reference.edges[i]];
    const name =
      low === undefined
        ? `up to ${short(high ?? 0)}`
        : high === undefined
          ? `above ${short(low)}`
          : `${short(low)} to ${short(high)}`;
    const [a, b] = [was / Math.max(1, n!), is / Math.max(1, m!)];
    groups.push({
      bin: groups.length,
      reference: a,
      current: b,
      tip: `${name}: ${percent(a)} then, ${percent(b)} now`,
    });
    [was, is, first] = [0, 0, i];
  });
  return groups;
}
