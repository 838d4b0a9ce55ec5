/**
 * Texts to features.
 *
 * @module
 */

export { englishStopWords } from './stop-words.ts';
export { fitTfidf, type TfidfModel, type TfidfParams, transformTfidf, type WeightParams } from './tfidf.ts';
export { analyze, type TokenParams } from './tokenize.ts';
export type { DocumentFrequency, VocabularyParams } from './vocabulary.ts';
