/**
 * The words of questions as a watched set: how many questions have each.
 *
 * @module
 */

import type { CleanQuestion } from '../io/index.ts';
import type { Sample, Vocabulary } from '../learn/drift/index.ts';
import { allTexts, countTerms, documentsOf } from '../learn/text/index.ts';

/** Known words and others. */
export function watchWords(questions: readonly CleanQuestion[], { tokens }: Vocabulary): Sample {
  const counted = countTerms(
    tokens,
    questions.map(({ title, text }) => `${title}\n${text}`),
  );
  const documents = documentsOf(counted, counted.terms);
  const word = new Map(allTexts(counted).map((text, id) => [text, documents[id]!]));
  return { questions: questions.length, numbers: {}, sets: { word } };
}
