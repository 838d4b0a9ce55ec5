/**
 * TF-IDF: texts to sparse rows, with the semantics of scikit-learn's `TfidfVectorizer`.
 *
 * @see scikit-learn 1.9.1, feature_extraction/text.py; test/learn/text checks the agreement.
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import type { TokenParams } from './analyze.ts';
import { countTerms } from './count-terms.ts';
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
  const { terms, ids } = selectTerms(
    counted,
    weights.binary ? counted.documents : counted.occurrences,
    params,
  );
  const extra = weights.smoothIdf ? 1 : 0;
  const idfOf = (id: number): number =>
    Math.log((texts.length + extra) / (counted.documents[id]! + extra)) + 1;
  const model: TfidfModel = {
    tokens,
    weights,
    terms,
    idf: weights.useIdf ? Float64Array.from(ids, idfOf) : undefined,
  };
  return { model, matrix: weigh(model, counted, numberColumns(ids, counted.terms)) };
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
  return (texts) => {
    const counted = countTerms(model.tokens, texts);
    const columnOf = Int32Array.from({ length: counted.terms }, (_, id) =>
      counted.documents[id]! > 0 ? (columns.get(counted.textOf(id)) ?? NO_COLUMN) : NO_COLUMN,
    );
    return weigh(model, counted, columnOf);
  };
}

const NO_COLUMN = -1;

/** Length terms: the column of each number, `NO_COLUMN` for those that are not among `ids`. */
function numberColumns(ids: readonly number[], terms: number): Int32Array {
  const columnOf = new Int32Array(terms).fill(NO_COLUMN);
  ids.forEach((id, column) => {
    columnOf[id] = column;
  });
  return columnOf;
}
