/**
 * The frame of a page: its head, its sections and the way to them.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { Html, html, NOTHING } from './html.ts';

export interface Page {
  readonly title: string;
  /** What a reader must know of the data first; null where there is nothing. */
  readonly notice: string | null;
  /** Under the title. */
  readonly introduction: Html;
  /** Before the sections. */
  readonly headline: Html;
  /** Each with a heading of the id `ID-head`; what is `NOTHING` is left out. */
  readonly sections: readonly (readonly [id: string, name: string, section: Html])[];
}

export function renderPage({ title, notice, introduction, headline, sections }: Page): string {
  const shown = sections.filter(([, , section]) => section !== NOTHING);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${asset(new URL('./colors.css', import.meta.url))}${asset(new URL('./page-style.css', import.meta.url))}${asset(new URL('./charts/charts.css', import.meta.url))}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>${title}</h1>
${notice === null ? NOTHING : html`<p class="notice">${notice}</p>\n`}<p>${introduction}</p>
<nav aria-label="Sections"><ul>${shown.map(([id, name]) => html`<li><a href="#${id}-head">${name}</a></li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
${headline}${shown.map(([, , section]) => section)}</main>
<div id="tip" aria-hidden="true" hidden></div>
<script type="module">${asset(new URL('./page-script.js', import.meta.url))}</script>
</body>
</html>
`.text;
}

/** A file beside this one. */
const asset = (url: URL): Html => new Html(readFileSync(url, 'utf8'));
