/**
 * The terms of a few texts at a time, numbered as they come: tables are kept from one call to the next.
 *
 * @module
 */

import { isPlain, type PlainAnalyzer, type TokenParams } from './analyze.ts';
import { allTexts, countTerms } from './count-terms.ts';
import { GrowingArray } from './growing-array.ts';
import { type Tallied, Tally } from './tally.ts';
import { TermTable } from './term-table.ts';
import { WordCutter } from './word-cutter.ts';

/** Until the next call. */
export interface TermCount extends Tallied {
  /** Numbers below this have been given; those of the texts are `ids`. */
  readonly terms: number;
  readonly textOf: (id: number) => string;
  /** Whether the numbers of terms are still those of the call before, and those that it did not have behind them. */
  readonly isContinued: boolean;
}

export type CountFewTerms = (texts: readonly string[]) => TermCount;

/** The tables are kept until they hold many terms. */
export function createTermCounter(params: TokenParams): CountFewTerms {
  const { analyzer } = params;
  if (!isPlain(analyzer)) return (texts) => countAtOnce(params, texts);
  let counter: WordCounter | undefined;
  return (texts) => {
    const isContinued = counter !== undefined && counter.terms < MOST_KEPT;
    if (counter === undefined || !isContinued) counter = new WordCounter(params, analyzer);
    return { ...counter.count(texts), isContinued };
  };
}

function countAtOnce(params: TokenParams, texts: readonly string[]): TermCount {
  const counted = countTerms(params, texts);
  const terms = allTexts(counted);
  return { ...counted, textOf: (id) => terms[id]!, isContinued: false };
}

/** Some megabytes. */
const MOST_KEPT = 1 << 17;

class WordCounter {
  readonly #ngramRange: TokenParams['ngramRange'];
  readonly #table = new TermTable();
  readonly #cutter: WordCutter;
  readonly #tally = new Tally();
  readonly #words = new GrowingArray();

  constructor(params: TokenParams, analyzer: PlainAnalyzer) {
    this.#ngramRange = params.ngramRange;
    this.#cutter = new WordCutter(params, analyzer, this.#table);
  }

  get terms(): number {
    return this.#table.size;
  }

  count(texts: readonly string[]): Omit<TermCount, 'isContinued'> {
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
    return { ...tally.end(), terms: table.size, textOf: (id) => table.textOf(id) };
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
