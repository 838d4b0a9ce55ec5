/**
 * Which terms are features: those frequent enough, and not too frequent, in Python's order of strings.
 *
 * @module
 */

import { compareCodePoints } from './code-points.ts';
import type { CountedTexts } from './count-terms.ts';

export interface VocabularyParams {
  readonly minDf: DocumentFrequency;
  readonly maxDf: DocumentFrequency;
  /** Keep only so many, by their number of occurrences (ties: the earlier term); undefined keeps all. */
  readonly maxFeatures: number | undefined;
}

export type DocumentFrequency =
  | { readonly kind: 'count'; readonly documents: number }
  /** In [0, 1], of the documents; not rounded. */
  | { readonly kind: 'share'; readonly share: number };

export interface Vocabulary {
  /** In the order of their code points: the columns. */
  readonly terms: readonly string[];
  /** Their numbers in the counted texts, in the same order. */
  readonly ids: readonly number[];
}

/**
 * @param occurrences Of each term: what `maxFeatures` goes by.
 * @throws {RangeError} If nothing is left, or `maxDf` is below `minDf`.
 * @see scikit-learn 1.9.1, `CountVectorizer._limit_features`. It breaks ties of `max_features` by the sort of the
 *   processor at hand; here the earlier term wins.
 */
export function selectTerms(
  counted: CountedTexts,
  occurrences: Int32Array,
  params: VocabularyParams,
): Vocabulary {
  const texts = counted.starts.length - 1;
  const least = inDocuments(params.minDf, texts);
  const most = inDocuments(params.maxDf, texts);
  if (most < least) throw new RangeError(`max_df admits ${most} documents at most, min_df asks for ${least}`);
  const ids: number[] = [];
  for (let id = 0; id < counted.terms; id++) {
    const documents = counted.documents[id]!;
    if (documents > 0 && documents >= least && documents <= most) ids.push(id);
  }
  if (ids.length === 0) {
    throw new RangeError('The vocabulary is empty: no term is in enough documents, or in few enough');
  }
  return byCodePoints(
    mostFrequent(ids, occurrences, params.maxFeatures ?? Infinity, counted.textOf),
    counted,
  );
}

const inDocuments = (frequency: DocumentFrequency, documents: number): number =>
  frequency.kind === 'count' ? frequency.documents : frequency.share * documents;

/** Up to `limit` of the terms. Only those as frequent as the last one need their texts. */
function mostFrequent(
  ids: readonly number[],
  occurrences: Int32Array,
  limit: number,
  textOf: (id: number) => string,
): readonly number[] {
  if (ids.length <= limit) return ids;
  const ranked = Int32Array.from(ids, (id) => occurrences[id]!).sort();
  const last = ranked[ranked.length - limit]!;
  const above = ids.filter((id) => occurrences[id]! > last);
  const level = ids
    .filter((id) => occurrences[id]! === last)
    .map((id) => ({ id, term: textOf(id) }))
    .sort((a, b) => compareCodePoints(a.term, b.term));
  return [...above, ...level.slice(0, limit - above.length).map(({ id }) => id)];
}

function byCodePoints(ids: readonly number[], { textOf }: CountedTexts): Vocabulary {
  const idOf = new Map(ids.map((id) => [textOf(id), id]));
  const terms = [...idOf.keys()];
  // JavaScript's own order, which is faster, differs only where there are surrogates.
  if (terms.some((term) => SURROGATE.test(term))) terms.sort(compareCodePoints);
  else terms.sort();
  return { terms, ids: terms.map((term) => idOf.get(term)!) };
}

const SURROGATE = /[\ud800-\udfff]/;
