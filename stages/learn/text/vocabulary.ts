/**
 * Which terms are features: those frequent enough, and not too frequent, in Python's order of strings.
 *
 * @module
 */

import { GrowingArray } from './growing-array.ts';
import { type CountedTexts, occurrencesOf } from './tally.ts';

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

/**
 * @param documents Of each term.
 * @param isBinary Whether `maxFeatures` goes by the documents, not by all occurrences.
 * @returns The numbers of the terms that are features, ascending: the columns.
 * @throws {RangeError} If nothing is left, or `maxDf` is below `minDf`.
 * @see scikit-learn 1.9.1, `CountVectorizer._limit_features`. It breaks ties of `max_features` by the sort of the
 *   processor at hand; here the earlier term wins.
 */
export function selectTerms(
  counted: CountedTexts,
  documents: Int32Array,
  isBinary: boolean,
  params: VocabularyParams,
): Int32Array {
  const texts = counted.starts.length - 1;
  const least = inDocuments(params.minDf, texts);
  const most = inDocuments(params.maxDf, texts);
  if (most < least) throw new RangeError(`max_df admits ${most} documents at most, min_df asks for ${least}`);
  const ids = new GrowingArray();
  for (let id = 0; id < counted.terms; id++) {
    const count = documents[id]!;
    if (count >= least && count <= most) ids.push(id);
  }
  if (ids.length === 0) {
    throw new RangeError('The vocabulary is empty: no term is in enough documents, or in few enough');
  }
  const { maxFeatures } = params;
  if (maxFeatures === undefined || ids.length <= maxFeatures) return ids.view();
  const frequency = isBinary ? documents : occurrencesOf(counted, counted.terms);
  return mostFrequent(ids.view(), frequency, maxFeatures);
}

const inDocuments = (frequency: DocumentFrequency, documents: number): number =>
  frequency.kind === 'count' ? frequency.documents : frequency.share * documents;

/** So many of the terms; of those as frequent as the last one the first. */
function mostFrequent(ids: Int32Array, occurrences: Int32Array, limit: number): Int32Array {
  const last = ids.map((id) => occurrences[id]!).sort()[ids.length - limit]!;
  let level = limit - ids.reduce((above, id) => above + (occurrences[id]! > last ? 1 : 0), 0);
  return ids.filter((id) => occurrences[id]! > last || (occurrences[id] === last && level-- > 0));
}
