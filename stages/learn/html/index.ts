/**
 * HTML of questions to text: the same when a study cleans its data and when a server is asked.
 *
 * @module
 */

export { decodeEntities, type HtmlParts, htmlToText } from './html-to-text.ts';
export { questionText, type UnicodeForm } from './question-text.ts';
