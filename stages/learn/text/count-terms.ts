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
export const countTerms = (params: TokenParams, texts: readonly string[]): CountedTexts =>
  createTermCounter(params)(texts).counted;

export interface TermCount {
  /** Until the next call. */
  readonly counted: CountedTexts;
  /** Whether the numbers of terms are still those of the call before, and those that it did not have behind them. */
  readonly isContinued: boolean;
}

/**
 * `countTerms` made ready once, for a few texts at a time: its tables are kept, until they hold many terms.
 */
export function createTermCounter(params: TokenParams): (texts: readonly string[]) => TermCount {
  const { analyzer } = params;
  if (analyzer.kind === 'char' || analyzer.kind === 'char_wb' || analyzer.kind === 'pattern') {
    return (texts) => ({ counted: countAnalyzed(params, texts), isContinued: false });
  }
  let counter: WordCounter | undefined;
  return (texts) => {
    const isContinued = counter !== undefined && counter.terms < MOST_KEPT;
    if (counter === undefined || !isContinued) counter = new WordCounter(params, analyzer);
    return { counted: counter.count(texts), isContinued };
  };
}

/** Some megabytes. */
const MOST_KEPT = 1 << 17;

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
class WordCounter {
  readonly #ngramRange: TokenParams['ngramRange'];
  readonly #table = new TermTable();
  readonly #cutter: WordCutter;
  readonly #tally = new Tally();
  readonly #words = new GrowingArray();

  constructor(params: TokenParams, analyzer: WordAnalyzer) {
    this.#ngramRange = params.ngramRange;
    this.#cutter = new WordCutter(params, analyzer, this.#table);
  }

  get terms(): number {
    return this.#table.size;
  }

  count(texts: readonly string[]): CountedTexts {
    const table = this.#table;
    const tally = this.#tally;
    const words = this.#words;
    tally.clear();
    for (const text of texts) {
      words.length = 0;
      this.#cutter.cut(text, words);
      addRuns(words, this.#ngramRange, table, tally);
      tally.endText();
    }
    return {
      ...tally.end(),
      terms: table.size,
      textOf: (id) => table.textOf(id),
      inOrder: (ids) => inOrder(table, ids),
    };
  }
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
