/**
 * Which terms are features: those frequent enough, and not too frequent, in Python's order of strings.
 *
 * @module
 */

import { compareCodePoints } from './code-points.ts';

export interface VocabularyParams {
  /** A whole number counts documents; a fraction below 1 (or exactly 1 where `maxDfIsShare`) is a share of them. */
  readonly minDf: DocumentFrequency;
  readonly maxDf: DocumentFrequency;
  /** Keep only so many, by their number of occurrences (ties: the earlier term); undefined keeps all. */
  readonly maxFeatures: number | undefined;
}

export type DocumentFrequency =
  | { readonly kind: 'count'; readonly documents: number }
  /** In [0, 1]. */
  | { readonly kind: 'share'; readonly share: number };

export interface TermCount {
  readonly term: string;
  /** Documents with the term. */
  readonly documents: number;
  /** All its occurrences; where only presence counts, the same as `documents`. */
  readonly occurrences: number;
}

/**
 * @returns The kept terms in the order of their code points.
 * @throws {RangeError} If nothing is left, or `maxDf` is below `minDf`.
 * @see scikit-learn 1.9.1, `CountVectorizer._limit_features`. It breaks ties of `max_features` by the sort of the
 *   processor at hand; here the earlier term wins.
 */
export function selectTerms(
  counts: Iterable<TermCount>,
  documents: number,
  params: VocabularyParams,
): readonly TermCount[] {
  const least = inDocuments(params.minDf, documents);
  const most = inDocuments(params.maxDf, documents);
  if (most < least) throw new RangeError(`max_df admits ${most} documents at most, min_df asks for ${least}`);
  let kept = [...counts].filter((count) => count.documents >= least && count.documents <= most);
  kept.sort((a, b) => compareCodePoints(a.term, b.term));
  if (params.maxFeatures !== undefined && kept.length > params.maxFeatures) {
    const ranked = [...kept].sort((a, b) => b.occurrences - a.occurrences).slice(0, params.maxFeatures);
    const chosen = new Set(ranked);
    kept = kept.filter((count) => chosen.has(count));
  }
  if (kept.length === 0) {
    throw new RangeError('The vocabulary is empty: no term is in enough documents, or in few enough');
  }
  return kept;
}

const inDocuments = (frequency: DocumentFrequency, documents: number): number =>
  frequency.kind === 'count' ? frequency.documents : frequency.share * documents;
