/**
 * Texts to features.
 *
 * @module
 */

export { type Analyzer, analyze, type TokenParams } from './analyze.ts';
export { compareCodePoints } from './code-points.ts';
export { allTexts, countTerms } from './count-terms.ts';
export { englishStopWords } from './stop-words.ts';
export { documentsOf } from './tally.ts';
export {
  fitTfidf,
  modelParams,
  type TfidfModel,
  type TfidfParams,
  tfidfTransformer,
  transformTfidf,
} from './tfidf.ts';
export type { DocumentFrequency, VocabularyParams } from './vocabulary.ts';
export type { WeightParams } from './weigh.ts';
