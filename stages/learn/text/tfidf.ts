/**
 * TF-IDF: texts to sparse rows, with the semantics of scikit-learn's `TfidfVectorizer`.
 *
 * @see scikit-learn 1.9.1, feature_extraction/text.py; agreement to 1e-12 is checked by test/learn/text.
 * @module
 */

import type { Csr } from '../sparse/index.ts';
import { analyze, type TokenParams } from './tokenize.ts';
import { selectTerms, type TermCount, type VocabularyParams } from './vocabulary.ts';

export interface TfidfParams extends TokenParams, VocabularyParams, WeightParams {}

export interface WeightParams {
  /** Presence instead of counts. */
  readonly binary: boolean;
  /** `1 + ln(tf)` instead of `tf`. */
  readonly sublinearTf: boolean;
  readonly useIdf: boolean;
  /** `ln((1 + n) / (1 + df)) + 1`, as if one more document held every term; else `ln(n / df) + 1`. */
  readonly smoothIdf: boolean;
  readonly norm: 'l1' | 'l2' | 'none';
}

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
 * O(tokens) time and one map entry for each term of the texts.
 *
 * @throws {RangeError} If no term is left.
 */
export function fitTfidf(
  params: TfidfParams,
  texts: readonly string[],
): { readonly model: TfidfModel; readonly matrix: Csr } {
  const counted = countTerms(params, texts);
  const kept = selectTerms(counted.terms, texts.length, params);
  const { terms, model } = makeModel(params, kept, texts.length);
  const columnOf = new Int32Array(counted.terms.length).fill(-1);
  counted.terms.forEach(({ term }, id) => {
    columnOf[id] = terms.get(term) ?? -1;
  });
  return { model, matrix: weigh(model, counted.rows, (id) => columnOf[id]!) };
}

/** The rows of texts by what was learned; terms outside the vocabulary do not count. Shape (texts, terms). */
export function transformTfidf(model: TfidfModel, texts: readonly string[]): Csr {
  const columns = new Map(model.terms.map((term, column) => [term, column]));
  const rows = texts.map((text) => {
    const row = new Map<number, number>();
    for (const term of analyze(text, model.tokens)) {
      const column = columns.get(term);
      if (column !== undefined) row.set(column, (row.get(column) ?? 0) + 1);
    }
    return row;
  });
  return weigh(model, rows, (column) => column);
}

/** Term (by a number of our own) to occurrences, for each text. */
type CountedRow = ReadonlyMap<number, number>;

function countTerms(
  params: TokenParams & Pick<WeightParams, 'binary'>,
  texts: readonly string[],
): { readonly terms: readonly TermCount[]; readonly rows: readonly CountedRow[] } {
  const ids = new Map<string, number>();
  const counts: { term: string; documents: number; occurrences: number }[] = [];
  const rows = texts.map((text) => {
    const row = new Map<number, number>();
    for (const term of analyze(text, params)) {
      let id = ids.get(term);
      if (id === undefined) {
        id = counts.length;
        ids.set(term, id);
        counts.push({ term, documents: 0, occurrences: 0 });
      }
      row.set(id, (row.get(id) ?? 0) + 1);
    }
    for (const [id, occurrences] of row) {
      counts[id]!.documents++;
      counts[id]!.occurrences += params.binary ? 1 : occurrences;
    }
    return row;
  });
  return { terms: counts, rows };
}

function makeModel(
  params: TfidfParams,
  kept: readonly TermCount[],
  documents: number,
): { readonly terms: ReadonlyMap<string, number>; readonly model: TfidfModel } {
  const { lowercase, stopWords, ngramRange, binary, sublinearTf, useIdf, smoothIdf, norm } = params;
  const extra = smoothIdf ? 1 : 0;
  const idf = Float64Array.from(
    kept,
    (count) => Math.log((documents + extra) / (count.documents + extra)) + 1,
  );
  const model: TfidfModel = {
    tokens: { lowercase, stopWords, ngramRange },
    weights: { binary, sublinearTf, useIdf, smoothIdf, norm },
    terms: kept.map(({ term }) => term),
    idf: useIdf ? idf : undefined,
  };
  return { terms: new Map(kept.map(({ term }, column) => [term, column])), model };
}

/** @param columnOf A counted term's column; below 0 for a term that was not kept. */
function weigh(model: TfidfModel, rows: readonly CountedRow[], columnOf: (id: number) => number): Csr {
  const { weights, idf, terms } = model;
  const indptr = new Uint32Array(rows.length + 1);
  const most = rows.reduce((sum, row) => sum + row.size, 0);
  const indices = new Uint32Array(most);
  const values = new Float64Array(most);
  let at = 0;
  rows.forEach((row, i) => {
    const start = at;
    for (const [id] of row) {
      const column = columnOf(id);
      if (column >= 0) indices[at++] = column;
    }
    indices.subarray(start, at).sort();
    const counts = new Map<number, number>();
    for (const [id, count] of row) counts.set(columnOf(id), count);
    for (let k = start; k < at; k++) {
      const count = weights.binary ? 1 : counts.get(indices[k]!)!;
      const tf = weights.sublinearTf ? 1 + Math.log(count) : count;
      values[k] = idf === undefined ? tf : tf * idf[indices[k]!]!;
    }
    normalize(values.subarray(start, at), weights.norm);
    indptr[i + 1] = at;
  });
  return {
    rows: rows.length,
    columns: terms.length,
    indptr,
    indices: indices.slice(0, at),
    values: values.slice(0, at),
  };
}

/** In place; a row of zeros stays. */
function normalize(row: Float64Array, norm: WeightParams['norm']): void {
  if (norm === 'none') return;
  let sum = 0;
  for (const value of row) sum += norm === 'l2' ? value * value : Math.abs(value);
  const length = norm === 'l2' ? Math.sqrt(sum) : sum;
  if (length === 0) return;
  for (let k = 0; k < row.length; k++) row[k]! /= length;
}
