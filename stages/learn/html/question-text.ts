/**
 * A question as its site gives it, to the fields that features are made of.
 *
 * @module
 */

import type { Fields } from '../features/index.ts';
import { decodeEntities, htmlToText } from './html-to-text.ts';

export type UnicodeForm = 'NFC' | 'NFKC';

/**
 * Entities decoded, Unicode normalized, code blocks and links apart, no control characters.
 *
 * @param title May hold HTML entities.
 * @param body HTML.
 */
export function questionText(title: string, body: string, form: UnicodeForm): Fields {
  const { text, code, links } = htmlToText(body);
  const normalize = (value: string): string => withoutControls(value).normalize(form);
  return {
    title: normalize(decodeEntities(title)).replace(/\s+/g, ' ').trim(),
    text: normalize(text),
    code: normalize(code.join('\n\n')),
    links,
  };
}

/** Drops control characters (other than tab and line break), zero-width spaces and byte order marks. */
const withoutControls = (text: string): string => text.replace(/[\0-\x08\x0b-\x1f\x7f\u200b\ufeff]/g, '');
