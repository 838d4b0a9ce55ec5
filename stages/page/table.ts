/**
 * Tables: they scroll within their box, and the page's script lets them be sorted and filtered.
 *
 * @module
 */

import { type Html, html, NOTHING } from './html.ts';

export interface Column {
  readonly name: string;
  /** Of text: to the left, sorted as text. */
  readonly isText?: boolean;
}

type Cell = string | number | Html;

export interface Table {
  /** What it holds: its name for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly Cell[])[];
  /** What is sought by; where there is none, nothing is. */
  readonly filter?: string;
}

export function table({ label, columns, rows, filter }: Table): Html {
  const cells = (row: readonly Cell[]): readonly Html[] =>
    row.map((cell, i) => {
      const kind = columns[i]!.isText === true ? ' class="text"' : '';
      const mark = kind === '' ? NOTHING : html` class="text"`;
      return i === 0 ? html`<th scope="row"${mark}>${cell}</th>` : html`<td${mark}>${cell}</td>`;
    });
  return html`${filter === undefined ? NOTHING : html`<p class="filter" hidden><label>${filter} <input type="search" autocomplete="off" spellcheck="false"></label> <output></output></p>`}
<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${columns.map(({ name, isText }) => html`<th scope="col"${isText === true ? html` class="text"` : NOTHING}>${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table></div>
`;
}

/** A table behind a line that opens it: the data of a chart. */
export const tableBehind = (summary: string, content: Table): Html =>
  html`<details><summary>${summary}</summary>
${table(content)}</details>
`;
