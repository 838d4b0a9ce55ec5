/**
 * HTML by template literals: what is put in is escaped, unless it is HTML itself.
 *
 * @module
 */

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Content = Html | string | number | readonly Html[];

export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Html =>
  new Html(strings.map((string, i) => string + (i < values.length ? render(values[i]!) : '')).join(''));

export const NOTHING = html``;

/** In attributes between quotes as well as in text. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function render(value: Content): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}
