/**
 * TF-IDF: texts to sparse rows, with the semantics of scikit-learn's `TfidfVectorizer`.
 *
 * @see scikit-learn 1.9.1, feature_extraction/text.py; test/learn/text checks the agreement.
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import type { TokenParams } from './analyze.ts';
import { countTerms } from './count-terms.ts';
import { documentsOf } from './tally.ts';
import { createTermCounter } from './term-counter.ts';
import { selectTerms, type VocabularyParams } from './vocabulary.ts';
import { type WeightParams, weigh } from './weigh.ts';

export interface TfidfParams extends TokenParams, VocabularyParams, WeightParams {}

/** What was learned, with what is needed to apply it. */
export interface TfidfModel {
  readonly tokens: TokenParams;
  readonly weights: WeightParams;
  /** Columns in order. */
  readonly terms: readonly string[];
  /** Length terms, nats, each >= 1 where smoothed; undefined where idf is not used. */
  readonly idf: Float64Array | undefined;
}

/**
 * Learns the vocabulary and the weights, and gives the rows of these texts.
 *
 * O(length of the texts) time; a few numbers for each distinct term and each entry of the matrix.
 *
 * @throws {RangeError} If no term is left.
 */
export function fitTfidf(
  params: TfidfParams,
  texts: readonly string[],
): { readonly model: TfidfModel; readonly matrix: Csr } {
  const { tokens, weights } = modelParams(params);
  const counted = countTerms(tokens, texts);
  const documents = documentsOf(counted, counted.terms);
  const ids = selectTerms(counted, documents, weights.binary, params);
  const idf = weights.useIdf ? idfOf(ids, documents, texts.length, weights.smoothIdf) : undefined;
  const model: TfidfModel = { tokens, weights, terms: counted.textsOf(ids), idf };
  return { model, matrix: weigh(model, counted, numberColumns(ids, counted.terms)) };
}

/** Of each term. The logarithm is taken once for each number of documents. */
function idfOf(ids: Int32Array, documents: Int32Array, texts: number, isSmooth: boolean): Float64Array {
  const extra = isSmooth ? 1 : 0;
  const byDocuments = new Float64Array(texts + 1);
  const idf = new Float64Array(ids.length);
  for (let column = 0; column < idf.length; column++) {
    const count = documents[ids[column]!]!;
    if (byDocuments[count] === 0) byDocuments[count] = Math.log((texts + extra) / (count + extra)) + 1;
    idf[column] = byDocuments[count]!;
  }
  return idf;
}

/** What of the parameters a model keeps: the vocabulary's have done their work. */
export function modelParams(params: TfidfParams): Pick<TfidfModel, 'tokens' | 'weights'> {
  const { analyzer, lowercase, stripAccents, stopWords, stemmer, ngramRange } = params;
  const { binary, sublinearTf, useIdf, smoothIdf, norm } = params;
  return {
    tokens: { analyzer, lowercase, stripAccents, stopWords, stemmer, ngramRange },
    weights: { binary, sublinearTf, useIdf, smoothIdf, norm },
  };
}

/** The rows of texts by what was learned; terms outside the vocabulary do not count. Shape (texts, terms). */
export const transformTfidf = (model: TfidfModel, texts: readonly string[]): Csr =>
  tfidfTransformer(model)(texts);

/** `transformTfidf` made ready once: for a question at a time. */
export function tfidfTransformer(model: TfidfModel): (texts: readonly string[]) => Csr {
  const columns = new Map(model.terms.map((term, column) => [term, column]));
  const count = createTermCounter(model.tokens);
  const scratch = new Uint32Array(model.terms.length);
  let columnOf = new Int32Array(0);
  return (texts) => {
    const counted = count(texts);
    const { ids, terms, textOf, isContinued } = counted;
    if (!isContinued) columnOf.fill(NOT_ASKED);
    if (columnOf.length < terms) {
      const longer = new Int32Array(2 * terms).fill(NOT_ASKED);
      longer.set(columnOf);
      columnOf = longer;
    }
    for (let k = 0; k < ids.length; k++) {
      const id = ids[k]!;
      if (columnOf[id] === NOT_ASKED) columnOf[id] = columns.get(textOf(id)) ?? NO_COLUMN;
    }
    return weigh(model, counted, columnOf, scratch);
  };
}

const NO_COLUMN = -1;
const NOT_ASKED = -2;

/** Length terms: the column of each number, `NO_COLUMN` for those that are not among `ids`. */
function numberColumns(ids: Int32Array, terms: number): Int32Array {
  const columnOf = new Int32Array(terms).fill(NO_COLUMN);
  for (let column = 0; column < ids.length; column++) columnOf[ids[column]!] = column;
  return columnOf;
}
