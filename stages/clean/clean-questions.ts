/**
 * A month's questions as text: entities decoded, Unicode normalized, code apart, each id once.
 *
 * @module
 */

import type { CleanQuestion, Question } from '../io/index.ts';
import { decodeEntities, htmlToText } from './html-to-text.ts';

export type UnicodeForm = 'NFC' | 'NFKC';

export interface Cleaned {
  /** In the order given; of those with one id the first. */
  readonly questions: readonly CleanQuestion[];
  readonly duplicates: number;
}

export function cleanQuestions(questions: readonly Question[], form: UnicodeForm): Cleaned {
  const ids = new Set<number>();
  const cleaned: CleanQuestion[] = [];
  for (const question of questions) {
    if (ids.has(question.id)) continue;
    ids.add(question.id);
    cleaned.push(cleanQuestion(question, form));
  }
  return { questions: cleaned, duplicates: questions.length - cleaned.length };
}

export function cleanQuestion(question: Question, form: UnicodeForm): CleanQuestion {
  const { text, code, links } = htmlToText(question.body);
  const normalize = (value: string): string => withoutControls(value).normalize(form);
  return {
    site: question.site,
    id: question.id,
    title: normalize(decodeEntities(question.title)).replace(/\s+/g, ' ').trim(),
    text: normalize(text),
    code: normalize(code.join('\n\n')),
    links,
    tags: question.tags,
    creationDate: question.creationDate,
    link: question.link,
  };
}

/** Drops control characters (other than tab and line break), zero-width spaces and byte order marks. */
const withoutControls = (text: string): string => text.replace(/[\0-\x08\x0b-\x1f\x7f\u200b\ufeff]/g, '');
