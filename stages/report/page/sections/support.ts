/**
 * Tags by support and F1.
 *
 * @module
 */

import type { TopLevelSpec } from 'vega-lite';
import type { TagScores } from '../../../learn/tagger/index.ts';
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
  table,
  whole,
} from '../../../page/index.ts';
import type { Summary } from '../../summary.ts';

const DRAWN = 600;
const LISTED = 500;
const NAMED = 8;

export async function supportSection(draw: Draw, { tags, falls }: Summary): Promise<Html> {
  const title = 'Tags by support and F1';
  const scored = tags.filter(({ f1, support }) => f1 !== null && support > 0);
  const drawn = scored.slice(0, DRAWN);
  const fallen = new Set(falls.fallen.map(({ tag }) => tag));
  const unknown = tags.filter(({ known }) => !known);
  const missed = unknown.reduce((sum, { support }) => sum + support, 0);
  const chart =
    drawn.length === 0
      ? NOTHING
      : await drawForBoth(
          draw,
          {
            id: 'support',
            title,
            description: `Each known tag by its questions and its F1: ${counted(drawn.length, 'tag')}; the table below has the values.`,
          },
          (width) => spec(drawn, fallen, width),
        );
  return html`<section aria-labelledby="support-head">
<h2 id="support-head">${title}</h2>
<p>${drawn.length < scored.length ? `The ${whole(drawn.length)} most frequent of ${whole(scored.length)} known tags with questions` : `All ${counted(scored.length, 'known tag')} with questions`}. ${
    unknown.length === 0
      ? 'The model knows every tag that was seen.'
      : `Of ${counted(unknown.length, 'tag')} the model knows nothing; ${unknown.length === 1 ? 'it was' : 'they were'} given ${counted(missed, 'time')}.`
  }</p>
${figure({
  chart,
  keys: [
    { mark: 'dot', text: 'a known tag' },
    ...(fallen.size === 0 ? [] : [{ mark: 'fell', text: 'became less predictable' }]),
  ],
  data: html`<details><summary>Tags as a table</summary>
${tags.length <= LISTED ? NOTHING : html`<p>The ${LISTED} most frequent of ${whole(tags.length)} tags; all of them stand in <code>tags.csv</code>.</p>\n`}${table(
  {
    label: 'Tags by support',
    filter: 'Find a tag',
    columns: ['tag', 'support', 'F1', '95 % interval', 'precision', 'recall'].map((name, i) => ({
      name,
      isText: i === 0,
    })),
    rows: tags
      .slice(0, LISTED)
      .map((tag) => [
        tag.known ? tag.tag : `${tag.tag} (not known)`,
        tag.support,
        decimal(tag.f1),
        tag.f1_low === null || tag.f1_high === null ? '–' : interval({ low: tag.f1_low, high: tag.f1_high }),
        decimal(tag.precision),
        decimal(tag.recall),
      ]),
  },
)}</details>
`,
})}</section>
`;
}

function spec(tags: readonly TagScores[], fallen: ReadonlySet<string>, width: number): TopLevelSpec {
  const values = tags.map(({ tag, support, f1, f1_low, f1_high }) => ({
    support,
    f1,
    tag,
    fill: fallen.has(tag) ? 'var(--fell)' : 'var(--known)',
    order: fallen.has(tag) ? 1 : 0,
    tip: `${tag}: ${decimal(f1)} (${decimal(f1_low)} to ${decimal(f1_high)}), ${counted(support, 'question')}`,
  }));
  values.sort((a, b) => a.order - b.order);
  const most = Math.max(...tags.map(({ support }) => support));
  const least = Math.min(...tags.map(({ support }) => support));
  const ticks = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((power) => digit * power));
  const x = {
    field: 'support',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [least * 0.87, most * 1.15], nice: false },
    axis: {
      title: 'questions with the tag',
      grid: false,
      format: ',d',
      values: ticks
        .filter(
          (tick) => tick >= least * 0.87 && tick <= most * 1.15 && (width > 500 || /^1/.test(String(tick))),
        )
        .sort((a, b) => a - b),
    },
  };
  const y = {
    field: 'f1',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { format: '.1f', title: 'F1', tickCount: 6, domain: false, ticks: false },
  };
  return {
    width,
    height: width > 500 ? 340 : 280,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values },
        mark: {
          type: 'circle',
          aria: true,
          size: 46,
          opacity: 0.65,
          stroke: 'var(--ground)',
          strokeWidth: 0.5,
        },
        encoding: {
          x,
          y,
          color: { field: 'fill', type: 'nominal', scale: null },
          description: { field: 'tip', type: 'nominal' },
        },
      },
      {
        data: { values: values.filter(({ order }) => order === 1).slice(0, NAMED) },
        mark: { type: 'text', align: 'right', dx: -7, color: 'var(--ink)', limit: 110 },
        encoding: { x, y, text: { field: 'tag', type: 'nominal' } },
      },
    ],
  };
}
