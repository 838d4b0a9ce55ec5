/**
 * What of a question features are made of.
 *
 * @module
 */

export type Field = 'title' | 'text' | 'code' | 'links';

export interface Fields {
  readonly title: string;
  /** Without code blocks. */
  readonly text: string;
  readonly code: string;
  /** Where its links lead. */
  readonly links: readonly string[];
}

export const textOf = (fields: Fields, field: Field): string =>
  field === 'links' ? fields.links.join(' ') : fields[field];

/** Some fields, joined by a blank. */
export const documentOf = (fields: Fields, names: readonly Field[]): string =>
  names.map((name) => textOf(fields, name)).join(' ');
