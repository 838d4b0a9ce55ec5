/**
 * Terms in Python's order of strings, without comparing n-grams: only words are compared. No word holds a blank or what
 * stands before it, so that n-grams stand in the order of their first words, those that begin alike in that of their
 * second ones, and so on; what is only the beginning of another stands before it.
 *
 * @module
 */

import { compareCodePoints } from './code-points.ts';
import { GrowingArray } from './growing-array.ts';
import { NO_TERM, type TermTable } from './term-table.ts';

export interface OrderedTerms {
  readonly terms: readonly string[];
  /** Their numbers, in the same order. */
  readonly ids: Int32Array;
}

/** @param wanted Numbers of some terms, each once. O(terms + words log words) time. */
export function inOrder(table: TermTable, wanted: Int32Array): OrderedTerms {
  const isWanted = new Uint8Array(table.size);
  for (let k = 0; k < wanted.length; k++) isWanted[wanted[k]!] = 1;
  const isNeeded = withFronts(table, wanted);
  const texts = wordTexts(table, isNeeded);
  const words = sortWords(texts);
  const { firstOf, nextOf } = chainByFront(table, isNeeded, words);
  const ids = new GrowingArray(wanted.length);
  const terms = new Array<string>(wanted.length);
  const visit = (id: number, text: string): void => {
    if (isWanted[id] === 1) {
      terms[ids.length] = text;
      ids.push(id);
    }
    let longer = firstOf[id]!;
    if (longer === NO_TERM) return;
    const front = `${text} `;
    for (; longer !== NO_TERM; longer = nextOf[longer]!) visit(longer, front + texts[table.lastOf(longer)]!);
  };
  for (const word of words) visit(word, texts[word]!);
  return { terms, ids: ids.view() };
}

/** 1 for each wanted term, what it begins with, and the words of those. */
function withFronts(table: TermTable, wanted: Int32Array): Uint8Array {
  const isNeeded = new Uint8Array(table.size);
  for (let k = 0; k < wanted.length; k++) {
    for (let id = wanted[k]!; id !== NO_TERM && isNeeded[id] === 0; id = table.frontOf(id)) {
      isNeeded[id] = 1;
      const last = table.lastOf(id);
      if (last !== NO_TERM) isNeeded[last] = 1;
    }
  }
  return isNeeded;
}

/** For each word that is needed its text, under its number. */
function wordTexts(table: TermTable, isNeeded: Uint8Array): readonly (string | undefined)[] {
  const texts = new Array<string | undefined>(table.size);
  for (let id = 0; id < texts.length; id++) {
    if (isNeeded[id] === 1 && table.frontOf(id) === NO_TERM) texts[id] = table.textOf(id);
  }
  return texts;
}

/** The numbers of the words, by their texts. */
function sortWords(texts: readonly (string | undefined)[]): Int32Array {
  const idOf = new Map<string, number>();
  texts.forEach((text, id) => text !== undefined && idOf.set(text, id));
  const sorted = [...idOf.keys()];
  // JavaScript's own order, which is faster, differs only where there are surrogates.
  if (sorted.some((text) => SURROGATE.test(text))) sorted.sort(compareCodePoints);
  else sorted.sort();
  return Int32Array.from(sorted, (text) => idOf.get(text)!);
}

/**
 * Chains of the n-grams that begin with the same term, by their last words: `firstOf` a term is the first of them,
 * `nextOf` an n-gram the one behind it.
 */
function chainByFront(table: TermTable, isNeeded: Uint8Array, words: Int32Array) {
  const chain = () => new Int32Array(table.size).fill(NO_TERM);
  const [firstByLast, nextByLast, firstOf, nextOf] = [chain(), chain(), chain(), chain()];
  for (let id = 0; id < table.size; id++) {
    const last = isNeeded[id] === 1 ? table.lastOf(id) : NO_TERM;
    if (last === NO_TERM) continue;
    nextByLast[id] = firstByLast[last]!;
    firstByLast[last] = id;
  }
  for (let k = words.length - 1; k >= 0; k--) {
    for (let id = firstByLast[words[k]!]!; id !== NO_TERM; id = nextByLast[id]!) {
      const front = table.frontOf(id);
      nextOf[id] = firstOf[front]!;
      firstOf[front] = id;
    }
  }
  return { firstOf, nextOf };
}

const SURROGATE = /[\ud800-\udfff]/;
