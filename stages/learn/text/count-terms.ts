/**
 * The terms of texts, counted and numbered in order.
 *
 * @module
 */

import { analyze, isPlain, type PlainAnalyzer, type TokenParams } from './analyze.ts';
import { compareCodePoints } from './code-points.ts';
import { countNgrams, END_OF_TEXT } from './count-ngrams.ts';
import { GrowingArray } from './growing-array.ts';
import { type CountedTexts, Tally } from './tally.ts';
import { TermTable } from './term-table.ts';
import { WordCutter } from './word-cutter.ts';

/** O(length of the texts + words log words) time. */
export const countTerms = (params: TokenParams, texts: readonly string[]): CountedTexts =>
  isPlain(params.analyzer) ? countRuns(params, params.analyzer, texts) : countAnalyzed(params, texts);

/** The texts of all terms, in order. */
export const allTexts = ({ terms, textsOf }: CountedTexts): readonly string[] =>
  textsOf(Int32Array.from({ length: terms }, (_, id) => id));

function countAnalyzed(params: TokenParams, texts: readonly string[]): CountedTexts {
  const seen = new Map<string, number>();
  const tally = new Tally();
  for (const text of texts) {
    for (const term of analyze(text, params)) {
      let id = seen.get(term);
      if (id === undefined) {
        id = seen.size;
        seen.set(term, id);
      }
      tally.add(id);
    }
    tally.endText();
  }
  const ordered = [...seen.keys()].sort(compareCodePoints);
  const rankOf = new Int32Array(ordered.length);
  ordered.forEach((term, rank) => {
    rankOf[seen.get(term)!] = rank;
  });
  const { starts, ids, counts } = tally.end();
  return {
    starts,
    ids: ids.map((id) => rankOf[id]!),
    counts,
    terms: ordered.length,
    textsOf: (wanted) => Array.from(wanted, (id) => ordered[id]!),
  };
}

function countRuns(params: TokenParams, analyzer: PlainAnalyzer, texts: readonly string[]): CountedTexts {
  const table = new TermTable();
  const cutter = new WordCutter(params, analyzer, table);
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  const cut = new GrowingArray(texts.length + Math.ceil(units / UNITS_OF_WORD));
  for (const text of texts) {
    cutter.cut(text, cut);
    cut.push(END_OF_TEXT);
  }
  const words = cut.view();
  return countNgrams(words, texts.length, numberInOrder(words, table), params.ngramRange);
}

/** A word of English and the blank behind it have more: the words of most texts have room from the start. */
const UNITS_OF_WORD = 5;

/** Gives words their places in the order of their texts for numbers. @returns The texts. */
function numberInOrder(words: Int32Array, table: TermTable): readonly string[] {
  const rankOf = new Int32Array(table.size);
  for (let p = 0; p < words.length; p++) if (words[p] !== END_OF_TEXT) rankOf[words[p]!] = 1;
  const idOf = new Map<string, number>();
  rankOf.forEach((isThere, id) => isThere === 1 && idOf.set(table.textOf(id), id));
  const ordered = [...idOf.keys()];
  // JavaScript's own order, which is faster, differs only where there are surrogates.
  if (table.hasSurrogates()) ordered.sort(compareCodePoints);
  else ordered.sort();
  ordered.forEach((text, rank) => {
    rankOf[idOf.get(text)!] = rank;
  });
  for (let p = 0; p < words.length; p++) if (words[p] !== END_OF_TEXT) words[p] = rankOf[words[p]!]!;
  return ordered;
}
