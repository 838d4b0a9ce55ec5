/**
 * The report as one HTML page: nothing from elsewhere, all of it to be seen without its script, light and dark, narrow
 * and wide.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import type { Summary } from '../summary.ts';
import { loadDraw } from './charts/draw.ts';
import { Html, html, NOTHING } from './html.ts';
import { counted } from './number-text.ts';
import { type DataMonth, dataSection } from './sections/data.ts';
import { fallenSection } from './sections/fallen.ts';
import { headline } from './sections/headline.ts';
import { heatMapSection } from './sections/heat-map.ts';
import { type MadeFrom, madeFromSection } from './sections/made-from.ts';
import { type MonthsContent, monthsSection } from './sections/months.ts';
import { type Candidates, searchSection } from './sections/search.ts';
import { supportSection } from './sections/support.ts';
import { type ThresholdsContent, thresholdsSection } from './sections/thresholds.ts';

export interface PageContent {
  readonly summary: Summary;
  readonly reference: MonthsContent['reference'];
  /** What a reader must know of the data first; null where there is nothing. */
  readonly notice: string | null;
  /** What was planted, by month. */
  readonly planted: ReadonlyMap<string, string>;
  readonly trainedOn: { readonly from: string; readonly to: string };
  readonly minSupport: number;
  readonly falseDiscoveryRate: number;
  readonly thresholds: ThresholdsContent;
  readonly candidates: Candidates;
  readonly data: readonly DataMonth[];
  readonly madeFrom: MadeFrom;
}

const TITLE = 'Tagging questions, month by month';

export async function renderPage(content: PageContent): Promise<string> {
  const { summary, reference, notice, planted, trainedOn, minSupport, falseDiscoveryRate } = content;
  const draw = await loadDraw();
  const all: readonly (readonly [id: string, name: string, section: Html])[] = [
    [
      'months',
      'Micro F1 by month',
      await monthsSection(draw, { months: summary.months, reference, planted }),
    ],
    ['heat', 'F1 by tag and month', await heatMapSection(draw, summary)],
    ['fallen', 'Less predictable tags', fallenSection(summary, minSupport, falseDiscoveryRate)],
    ['thresholds', 'Thresholds', await thresholdsSection(draw, content.thresholds)],
    ['support', 'Tags by support', await supportSection(draw, summary)],
    ['search', 'Search', await searchSection(draw, content.candidates)],
    ['data', 'Data', await dataSection(draw, content.data)],
    ['made', 'Made from', madeFromSection(content.madeFrom)],
  ];
  const sections = all.filter(([, , section]) => section !== NOTHING);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${TITLE}</title>
<style>
${asset(new URL('./colors.css', import.meta.url))}${asset(new URL('./page-style.css', import.meta.url))}${asset(new URL('./charts/charts.css', import.meta.url))}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>${TITLE}</h1>
${notice === null ? NOTHING : html`<p class="notice">${notice}</p>\n`}<p>Trained on ${trainedOn.from} to ${trainedOn.to}, scored on the ${counted(summary.months.length, 'month')} after it.</p>
<nav aria-label="Sections"><ul>${sections.map(([id, name]) => html`<li><a href="#${id}-head">${name}</a></li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
${headline(summary, reference)}${sections.map(([, , section]) => section)}</main>
<div id="tip" aria-hidden="true" hidden></div>
<script type="module">${asset(new URL('./page-script.js', import.meta.url))}</script>
</body>
</html>
`.text;
}

/** A file beside this one. */
const asset = (url: URL): Html => new Html(readFileSync(url, 'utf8'));
