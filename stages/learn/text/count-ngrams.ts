/**
 * Runs of words, counted and numbered in Python's order of strings, without a comparison or a table: all occurrences are
 * sorted by distribution, by their last words and then by what stands before those.
 *
 * No word holds a blank or what stands before it, so that n-grams stand in the order of their first words, those that begin
 * alike in that of their second ones, and so on; what is only the beginning of another stands before it.
 *
 * @module
 */

import type { CountedTexts, Tallied } from './tally.ts';

/** Behind each text among its words. */
export const END_OF_TEXT = -1;

/** The n-grams of one length, in order. */
interface Level {
  readonly size: number;
  /**
   * Pairs, those of an n-gram in the order of the texts. One for each occurrence: its text, and of a word its place among
   * all words, of a longer n-gram its last word. After `countByText` one for each text that has it: the text, how often.
   * A pair lies in one line of the processor's cache.
   */
  readonly pairs: Int32Array;
  /** Length size + 1: n-gram `k` has the pairs from `starts[k]` up to `starts[k + 1]`. */
  readonly starts: Int32Array;
  /** Of each the n-gram of the length below that it begins with, and its last word; nothing for words. */
  readonly fronts: Int32Array;
  readonly lasts: Int32Array;
}

/**
 * @param words Of all texts, one after the other, as numbers in the order of the words; `END_OF_TEXT` behind each text.
 * @param rows Number of texts.
 * @param texts Of the words, in order; each occurs.
 * @returns The terms of a row ascending.
 *
 * O(words) time for each length.
 */
export function countNgrams(
  words: Int32Array,
  rows: number,
  texts: readonly string[],
  [smallest, largest]: readonly [number, number],
): CountedTexts {
  const byWord = sortByWord(words, texts.length);
  const levels = [byWord];
  let fronts = words;
  for (let n = 2; n <= largest; n++) {
    const longer = n < largest ? new Int32Array(words.length).fill(-1) : undefined;
    levels.push(lengthen(levels[n - 2]!.size, fronts, words, byWord, n, longer));
    fronts = longer ?? fronts;
  }
  for (const level of levels.slice(smallest - 1)) countByText(level);
  const { numbers, terms } = numberTerms(levels, smallest);
  return {
    ...turn(levels.slice(smallest - 1), numbers.slice(smallest - 1), terms, rows),
    terms,
    textsOf: (ids) => textsOf(ids, texts, levels, numbers, smallest),
  };
}

function sortByWord(words: Int32Array, size: number): Level {
  const starts = new Int32Array(size + 1);
  for (let p = 0; p < words.length; p++) if (words[p]! >= 0) starts[words[p]! + 1]!++;
  accumulate(starts);
  const pairs = new Int32Array(2 * starts[size]!);
  const next = starts.slice();
  let text = 0;
  for (let p = 0; p < words.length; p++) {
    const word = words[p]!;
    if (word === END_OF_TEXT) {
      text++;
      continue;
    }
    const at = 2 * next[word]!++;
    pairs[at] = text;
    pairs[at + 1] = p;
  }
  return { size, pairs, starts, fronts: NONE, lasts: NONE };
}

/**
 * The n-grams of `n` words from those of one less.
 *
 * @param shorter Number of the shorter ones.
 * @param fronts Of each place the shorter one that begins there, -1 for none.
 * @param longer As long; is told the same of the new ones, where these are to be lengthened again.
 */
function lengthen(
  shorter: number,
  fronts: Int32Array,
  words: Int32Array,
  byWord: Level,
  n: number,
  longer: Int32Array | undefined,
): Level {
  const heads = new Int32Array(shorter + 1);
  for (let p = 0; p + n <= words.length; p++) {
    if (fronts[p]! >= 0 && words[p + n - 1]! >= 0) heads[fronts[p]! + 1]!++;
  }
  accumulate(heads);
  const occurrences = heads[shorter]!;
  const pairs = new Int32Array(2 * occurrences);
  const places = new Int32Array(longer === undefined ? 0 : occurrences);
  const next = heads.slice();
  for (let last = 0; last < byWord.size; last++) {
    for (let k = byWord.starts[last]!; k < byWord.starts[last + 1]!; k++) {
      const place = byWord.pairs[2 * k + 1]! - n + 1;
      const front = place < 0 ? -1 : fronts[place]!;
      if (front < 0) continue;
      const at = next[front]!++;
      pairs[2 * at] = byWord.pairs[2 * k]!;
      pairs[2 * at + 1] = last;
      if (longer !== undefined) places[at] = place;
    }
  }
  // As long as can be: memory that is not written is not taken.
  const starts = new Int32Array(occurrences + 1);
  const ownFronts = new Int32Array(occurrences);
  const lasts = new Int32Array(occurrences);
  let size = 0;
  for (let front = 0; front < shorter; front++) {
    let before = -1;
    for (let k = heads[front]!; k < heads[front + 1]!; k++) {
      const last = pairs[2 * k + 1]!;
      if (last !== before) {
        starts[size] = k;
        ownFronts[size] = front;
        lasts[size++] = last;
        before = last;
      }
      if (longer !== undefined) longer[places[k]!] = size - 1;
    }
  }
  starts[size] = occurrences;
  return {
    size,
    pairs,
    starts: starts.subarray(0, size + 1),
    fronts: ownFronts.subarray(0, size),
    lasts: lasts.subarray(0, size),
  };
}

/** Makes one pair for each text of those for each occurrence, in place. */
function countByText({ size, pairs, starts }: Level): void {
  let length = 0;
  let past = 0;
  for (let ngram = 0; ngram < size; ngram++) {
    const from = past;
    past = starts[ngram + 1]!;
    starts[ngram] = length;
    let before = -1;
    for (let k = from; k < past; k++) {
      const text = pairs[2 * k]!;
      if (text === before) {
        pairs[2 * length - 1]!++;
        continue;
      }
      pairs[2 * length] = text;
      pairs[2 * length + 1] = 1;
      length++;
      before = text;
    }
  }
  starts[size] = length;
}

/**
 * Each n-gram stands before those that begin with it, and these before the next of its length.
 *
 * @returns For each length the numbers of its n-grams among all terms, where they are long enough to be one.
 */
function numberTerms(levels: readonly Level[], smallest: number) {
  const weightOf = (n: number): number => (n >= smallest ? 1 : 0);
  /** Terms that an n-gram is or begins. */
  const sizes = levels.map(({ size }, index) => new Int32Array(size).fill(weightOf(index + 1)));
  for (let index = levels.length - 1; index > 0; index--) {
    const { size, fronts } = levels[index]!;
    for (let k = 0; k < size; k++) sizes[index - 1]![fronts[k]!]! += sizes[index]![k]!;
  }
  const numbers: Int32Array[] = [];
  let terms = 0;
  levels.forEach(({ size, fronts }, index) => {
    const own = new Int32Array(size);
    let [front, next] = [-1, 0];
    for (let k = 0; k < size; k++) {
      if (index > 0 && fronts[k] !== front) {
        front = fronts[k]!;
        next = numbers[index - 1]![front]! + weightOf(index);
      }
      own[k] = next;
      next += sizes[index]![k]!;
    }
    if (index === 0) terms = next;
    numbers.push(own);
  });
  return { numbers, terms };
}

/** What terms have of texts, the other way round: what texts have of terms, ascending. */
function turn(
  levels: readonly Level[],
  numbers: readonly Int32Array[],
  terms: number,
  texts: number,
): Tallied {
  const starts = new Int32Array(texts + 1);
  /** For each term its level and its place in that. */
  const levelOf = new Uint16Array(terms);
  const placeOf = new Int32Array(terms);
  levels.forEach(({ size, pairs, starts: past }, index) => {
    for (let k = 0; k < past[size]!; k++) starts[pairs[2 * k]! + 1]!++;
    for (let ngram = 0; ngram < size; ngram++) {
      levelOf[numbers[index]![ngram]!] = index;
      placeOf[numbers[index]![ngram]!] = ngram;
    }
  });
  accumulate(starts);
  const next = starts.slice();
  const ids = new Int32Array(starts[texts]!);
  const counts = new Int32Array(starts[texts]!);
  for (let id = 0; id < terms; id++) {
    const { pairs, starts: own } = levels[levelOf[id]!]!;
    const ngram = placeOf[id]!;
    for (let k = own[ngram]!; k < own[ngram + 1]!; k++) {
      const at = next[pairs[2 * k]!]!++;
      ids[at] = id;
      counts[at] = pairs[2 * k + 1]!;
    }
  }
  return { starts, ids, counts };
}

/** @param ids Ascending. */
function textsOf(
  ids: Int32Array,
  words: readonly string[],
  levels: readonly Level[],
  numbers: readonly Int32Array[],
  smallest: number,
): readonly string[] {
  const texts = new Array<string>(ids.length).fill('');
  const textOf = (index: number, ngram: number): string => {
    if (index === 0) return words[ngram]!;
    const { fronts, lasts } = levels[index]!;
    return `${textOf(index - 1, fronts[ngram]!)} ${words[lasts[ngram]!]!}`;
  };
  levels.forEach(({ size, fronts, lasts }, index) => {
    if (index + 1 < smallest) return;
    const own = numbers[index]!;
    let [at, front, begin] = [0, -1, ''];
    for (let ngram = 0; ngram < size && at < ids.length; ngram++) {
      while (ids[at]! < own[ngram]!) at++;
      if (ids[at] !== own[ngram]) continue;
      if (index === 0) {
        texts[at] = words[ngram]!;
        continue;
      }
      if (fronts[ngram] !== front) {
        front = fronts[ngram]!;
        begin = `${textOf(index - 1, front)} `;
      }
      texts[at] = begin + words[lasts[ngram]!]!;
    }
  });
  return texts;
}

/** Numbers of things to where they start. */
function accumulate(starts: Int32Array): void {
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
}

const NONE = new Int32Array(0);
