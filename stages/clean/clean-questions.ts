/**
 * A month's questions as text: entities decoded, Unicode normalized, code apart, each id once.
 *
 * @module
 */

import type { CleanQuestion, Question } from '../io/index.ts';
import { questionText, type UnicodeForm } from '../learn/html/index.ts';

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
  return {
    site: question.site,
    id: question.id,
    ...questionText(question.title, question.body, form),
    tags: question.tags,
    creationDate: question.creationDate,
    link: question.link,
  };
}
