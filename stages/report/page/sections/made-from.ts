/**
 * What the report was made from: enough to tell two of them apart, and to make this one again.
 *
 * @module
 */
import { type Html, html, tableBehind } from '../../../page/index.ts';

export interface MadeFrom {
  /** Name and version of the package. */
  readonly program: string;
  /** The files read, by their names in the project, with the MD5 that the lockfile has of them. */
  readonly files: readonly { readonly path: string; readonly md5: string }[];
  /** The model's files with their SHA-256. */
  readonly model: Readonly<Record<string, string>>;
  /** Parameters by their dotted names. */
  readonly params: readonly (readonly [string, unknown])[];
}

export const madeFromSection = ({ program, files, model, params }: MadeFrom): Html =>
  html`<section aria-labelledby="made-head">
<h2 id="made-head">What it was made from</h2>
<p>By ${program}. The same inputs make the same page, to the byte.</p>
${tableBehind('Parameters', {
  label: 'Parameters',
  columns: [
    { name: 'parameter', isText: true },
    { name: 'value', isText: true },
  ],
  rows: params.map(([name, value]) => [
    html`<code>${name}</code>`,
    html`<code>${JSON.stringify(value)}</code>`,
  ]),
})}${tableBehind('The model, by SHA-256', {
  label: 'Files of the model',
  columns: [
    { name: 'file', isText: true },
    { name: 'SHA-256', isText: true },
  ],
  rows: Object.entries(model).map(([file, digest]) => [
    html`<code>${file}</code>`,
    html`<code>${digest}</code>`,
  ]),
})}${tableBehind('The files read, by MD5 as in the lockfile', {
  label: 'Files read',
  columns: [
    { name: 'file', isText: true },
    { name: 'MD5', isText: true },
  ],
  rows: files.map(({ path, md5 }) => [html`<code>${path}</code>`, html`<code>${md5}</code>`]),
})}</section>
`;
