/**
 * A chart with what its colours mean, and its data as a table behind it.
 *
 * @module
 */

import { type Html, html, NOTHING } from './html.ts';

export interface Key {
  /** A class of the style sheet: the look of the mark. */
  readonly mark: string;
  readonly text: string;
}

export interface Figure {
  readonly chart: Html;
  readonly keys: readonly Key[];
  /** Usually `tableBehind`. */
  readonly data: Html;
  /** Names a chart that scrolls within its box. */
  readonly scrolls?: string;
}

export const figure = ({ chart, keys, data, scrolls }: Figure): Html =>
  html`<figure>
${keys.length === 0 ? NOTHING : html`<figcaption>${keys.map(({ mark, text }) => html`<span><i class="key ${mark}"></i>${text}</span>`)}</figcaption>\n`}${
  scrolls === undefined
    ? html`<div class="chart">${chart}</div>`
    : html`<div class="chart scroll" role="region" aria-label="${scrolls}" tabindex="0">${chart}</div>`
}
${data}</figure>
`;
