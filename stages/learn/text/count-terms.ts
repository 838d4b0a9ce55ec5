/**
 * The terms of texts, numbered and counted.
 *
 * @module
 */

import { analyze, type TokenParams, type WordAnalyzer } from './analyze.ts';
import { compareCodePoints } from './code-points.ts';
import { GrowingArray } from './growing-array.ts';
import { type Tallied, Tally } from './tally.ts';
import { inOrder, type OrderedTerms } from './term-order.ts';
import { TermTable } from './term-table.ts';
import { WordCutter } from './word-cutter.ts';

export interface CountedTexts extends Tallied {
  /** Numbers below this are terms. */
  readonly terms: number;
  readonly textOf: (id: number) => string;
  /** Some of them, each named once, in the order of their code points. */
  readonly inOrder: (ids: Int32Array) => OrderedTerms;
}

/** O(length of the texts) time. */
export function countTerms(params: TokenParams, texts: readonly string[]): CountedTexts {
  const { analyzer } = params;
  if (analyzer.kind === 'char' || analyzer.kind === 'char_wb' || analyzer.kind === 'pattern')
    return countAnalyzed(params, texts);
  return countWords(params, analyzer, texts);
}

function countAnalyzed(params: TokenParams, texts: readonly string[]): CountedTexts {
  const ids = new Map<string, number>();
  const tally = new Tally();
  for (const text of texts) {
    for (const term of analyze(text, params)) {
      let id = ids.get(term);
      if (id === undefined) {
        id = ids.size;
        ids.set(term, id);
      }
      tally.add(id);
    }
    tally.endText();
  }
  const terms = [...ids.keys()];
  const textOf = (id: number): string => terms[id]!;
  const inOrder = (wanted: Int32Array): OrderedTerms => {
    const ordered = Array.from(wanted, textOf).sort(compareCodePoints);
    return { terms: ordered, ids: Int32Array.from(ordered, (term) => ids.get(term)!) };
  };
  return { ...tally.end(), terms: terms.length, textOf, inOrder };
}

/** What a pattern finds may hold blanks: its n-grams are told apart by their texts. */
function countWords(params: TokenParams, analyzer: WordAnalyzer, texts: readonly string[]): CountedTexts {
  const table = new TermTable();
  const cutter = new WordCutter(params, analyzer, table);
  const tally = new Tally();
  const words = new GrowingArray();
  for (const text of texts) {
    words.length = 0;
    cutter.cut(text, words);
    addRuns(words, params.ngramRange, table, tally);
    tally.endText();
  }
  return {
    ...tally.end(),
    terms: table.size,
    textOf: (id) => table.textOf(id),
    inOrder: (ids) => inOrder(table, ids),
  };
}

/** Counts the runs of words; each comes from the one that starts with it and is a word shorter. */
function addRuns(
  words: GrowingArray,
  [smallest, largest]: TokenParams['ngramRange'],
  table: TermTable,
  tally: Tally,
): void {
  const { items, length } = words;
  if (smallest === 1) for (let i = 0; i < length; i++) tally.add(items[i]!);
  if (largest === 1) return;
  const runs = words.view().slice();
  for (let n = 2; n <= largest; n++) {
    for (let i = 0; i + n <= length; i++) {
      const run = table.ngramOf(runs[i]!, items[i + n - 1]!);
      runs[i] = run;
      if (n >= smallest) tally.add(run);
    }
  }
}
