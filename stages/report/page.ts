/**
 * The report as one HTML page: no script, nothing from elsewhere, light and dark, narrow and wide.
 *
 * @module
 */

import type { TagScores } from '../learn/tagger/index.ts';
import { decimal, type Html, html } from './html.ts';
import { monthChart } from './month-chart.ts';
import type { Summary } from './summary.ts';

export interface PageContent {
  readonly summary: Summary;
  /** Micro F1 on the training months held out; null where there is none. */
  readonly reference: number | null;
  /** What a reader must know of the data first; null where there is nothing. */
  readonly notice: string | null;
  /** What was planted, by month. */
  readonly planted: ReadonlyMap<string, string>;
  readonly trainedOn: { readonly from: string; readonly to: string };
  readonly minSupport: number;
}

const SHOWN_FALLEN = 20;
const SHOWN_TAGS = 60;

export function renderPage(content: PageContent): string {
  const { summary, reference, notice, planted, trainedOn } = content;
  const { total, worst } = summary;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tagging questions, month by month</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Tagging questions, month by month</h1>
${notice === null ? html`` : html`<p class="notice">${notice}</p>\n`}<p>Trained on ${trainedOn.from} to ${trainedOn.to}, scored on the ${summary.months.length} months after it.</p>
<dl class="figures">
<div><dt>micro F1, known tags</dt><dd>${decimal(total.f1_micro)}</dd></div>
<div><dt>micro F1, all true tags</dt><dd>${decimal(total.f1_micro_all_tags)}</dd></div>
<div><dt>held-out training months</dt><dd>${decimal(reference)}</dd></div>
<div><dt>worst month</dt><dd>${worst === null ? '–' : `${decimal(worst.f1_micro)} (${worst.month})`}</dd></div>
<div><dt>questions</dt><dd>${total.questions}</dd></div>
</dl>
<section>
<h2>Micro F1 by month</h2>
${monthChart(
  summary.months.map(({ month, scores }) => ({
    month,
    known: scores.f1_micro,
    all: scores.f1_micro_all_tags,
    note: planted.get(month) ?? null,
  })),
  reference,
)}
<p class="legend"><span class="known">●</span> over known tags <span class="all">●</span> over all true tags <span class="reference">┄</span> held-out training months</p>
${plantedList(planted)}${monthTable(content)}</section>
<section>
<h2>Tags that became less predictable</h2>
${fallenTable(content)}</section>
<section>
<h2>Tags by support</h2>
${tagTable(summary.tags)}</section>
</main>
</body>
</html>
`.text;
}

function plantedList(planted: ReadonlyMap<string, string>): Html {
  if (planted.size === 0) return html``;
  return html`<p>▲ Planted in the synthetic data:</p>
<ul>${[...planted].map(([month, what]) => html`<li>${month}: ${what}</li>`)}</ul>
`;
}

function monthTable({ summary }: PageContent): Html {
  const rows = summary.months.map(
    ({ month, scores }) =>
      html`<tr><th scope="row">${month}</th><td>${scores.questions}</td><td>${decimal(scores.f1_micro)}</td><td>${decimal(scores.f1_micro_all_tags)}</td><td>${decimal(scores.precision_micro)}</td><td>${decimal(scores.recall_micro)}</td><td>${decimal(scores.f1_macro)}</td><td>${decimal(scores.subset_accuracy)}</td></tr>
`,
  );
  const heads = ['month', 'questions', 'F1', 'F1, all', 'precision', 'recall', 'macro F1', 'exact'];
  return table('Scores by month', heads, rows);
}

function fallenTable({ summary, minSupport }: PageContent): Html {
  if (summary.fallen.length === 0)
    return html`<p>None with at least ${minSupport} questions in each half of the months.</p>\n`;
  const rows = summary.fallen.slice(0, SHOWN_FALLEN).map(
    ({ tag, earlier, later, change }) =>
      html`<tr><th scope="row">${tag}</th><td>${decimal(earlier.f1)}</td><td>${earlier.support}</td><td>${decimal(later.f1)}</td><td>${later.support}</td><td>${decimal(change)}</td></tr>
`,
  );
  return html`<p>F1 in the earlier and in the later half of the months; tags with at least ${minSupport} questions in each.</p>
${table('Tags that became less predictable', ['tag', 'earlier', 'support', 'later', 'support', 'change'], rows)}`;
}

function tagTable(tags: readonly TagScores[]): Html {
  const most = tags[0]?.support ?? 0;
  const rows = tags.slice(0, SHOWN_TAGS).map(
    ({ tag, known, support, precision, recall, f1 }) =>
      html`<tr><th scope="row">${tag}${known ? '' : ' (not known)'}</th><td>${support}</td><td class="bar"><meter min="0" max="${most}" value="${support}" aria-hidden="true"></meter></td><td>${decimal(f1)}</td><td>${decimal(precision)}</td><td>${decimal(recall)}</td></tr>
`,
  );
  return html`<p>The ${rows.length} most frequent of ${tags.length} tags; all of them stand in <code>tags.csv</code>.</p>
${table('Tags by support', ['tag', 'support', '', 'F1', 'precision', 'recall'], rows)}`;
}

const table = (label: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="wide" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`;

const STYLE = html`
:root { --ink: #1b1f24; --paper: #fff; --soft: #5d6672; --rule: #d8dde3; --known: #0b5cad; --all: #b4540a; --note: #fff4ce; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ed; --paper: #14181d; --soft: #9aa5b1; --rule: #343c46; --known: #6cb2ff; --all: #ffa657; --note: #3a3215; }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.2rem; margin-top: 2rem }
.notice { background: var(--note); padding: .5rem .75rem; border-radius: .25rem }
.figures { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: 1rem 0 }
dt { color: var(--soft); font-size: .875rem } dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums }
svg { width: 100%; height: auto; display: block }
.grid { stroke: var(--rule) } .axis { fill: var(--soft); font-size: 12px }
.event { stroke: var(--soft); stroke-dasharray: 2 3 } .reference { stroke: var(--soft); stroke-dasharray: 7 4; color: var(--soft) }
polyline { fill: none; stroke-width: 2 } polyline.known { stroke: var(--known) } polyline.all { stroke: var(--all) }
circle.known { fill: var(--known) } circle.all { fill: var(--all) } span.known { color: var(--known) } span.all { color: var(--all) }
.legend { color: var(--soft); font-size: .875rem } .legend span { margin-left: .75rem }
.wide { overflow-x: auto } .wide:focus-visible { outline: 2px solid var(--known) }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap }
th:first-child { text-align: left } thead th { color: var(--soft); font-weight: 600 } tbody th { font-weight: 400 }
meter { width: 6rem }
@media (max-width: 30rem) { .axis { font-size: 20px } th, td { padding: .25rem .35rem } }
`;
