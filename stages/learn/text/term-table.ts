/**
 * Terms to numbers, 0, 1, 2... in the order in which they are first seen: hash tables with open addressing, one over
 * UTF-16 units for words, one over pairs of numbers for n-grams. A term's text is made only when it is asked for.
 *
 * A term is a word, or a term and one more word: `(new york) city`.
 *
 * A slot holds what it is compared by, so that most questions are answered by one line of the processor's cache.
 *
 * @module
 */

import { GrowingArray } from './growing-array.ts';

/** Instead of the number of a term. */
const NO_TERM = -1;

/** A slot of a word: one more than its number (0: empty), its hash, where its units start, how many they are. */
const WORD_SLOT = 4;
/** A slot of an n-gram: one more than its number (0: empty), its front, its last word, nothing. */
const NGRAM_SLOT = 4;

export class TermTable {
  #wordSlots = new Int32Array(WORD_SLOT << 12);
  #ngramSlots = new Int32Array(NGRAM_SLOT << 12);
  #ngrams = 0;
  /** Units of all words, one after the other. */
  #units = new Uint16Array(1 << 14);
  #unitCount = 0;
  /**
   * Two numbers for each term. For a word: where its units start, and how many they are. For an n-gram: its front, and
   * `NO_TERM` less its last word.
   */
  readonly #records = new GrowingArray();

  get size(): number {
    return this.#records.length / 2;
  }

  /** The number of the word `units[0..length]`. @param hash Of these units, by `hashUnit`. */
  wordOf(units: ArrayLike<number>, length: number, hash: number): number {
    const slots = this.#wordSlots;
    const mask = slots.length / WORD_SLOT - 1;
    let slot = scatter(hash) & mask;
    for (;;) {
      const id = slots[WORD_SLOT * slot]! - 1;
      if (id < 0) break;
      const isAlike = slots[WORD_SLOT * slot + 1] === hash && slots[WORD_SLOT * slot + 3] === length;
      if (isAlike && this.#isAt(slots[WORD_SLOT * slot + 2]!, units, length)) return id;
      slot = (slot + 1) & mask;
    }
    this.#makeRoom(length);
    const start = this.#unitCount;
    for (let i = 0; i < length; i++) this.#units[start + i] = units[i]!;
    this.#unitCount += length;
    const id = this.#add(start, length);
    slots[WORD_SLOT * slot] = id + 1;
    slots[WORD_SLOT * slot + 1] = hash;
    slots[WORD_SLOT * slot + 2] = start;
    slots[WORD_SLOT * slot + 3] = length;
    if (2 * (this.size - this.#ngrams) > mask) this.#spreadWords();
    return id;
  }

  /** The number of a term made of the term `front` and the word `last`. */
  ngramOf(front: number, last: number): number {
    const slots = this.#ngramSlots;
    const mask = slots.length / NGRAM_SLOT - 1;
    let slot = hashPair(front, last) & mask;
    for (;;) {
      const at = NGRAM_SLOT * slot;
      const id = slots[at]! - 1;
      if (id < 0) break;
      if (slots[at + 1] === front && slots[at + 2] === last) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.#add(front, NO_TERM - last);
    slots[NGRAM_SLOT * slot] = id + 1;
    slots[NGRAM_SLOT * slot + 1] = front;
    slots[NGRAM_SLOT * slot + 2] = last;
    this.#ngrams++;
    if (2 * this.#ngrams > mask) this.#spreadNgrams();
    return id;
  }

  /** The term that an n-gram is made of with its last word; `NO_TERM` for a word. */
  frontOf(id: number): number {
    return this.#records.items[2 * id + 1]! < 0 ? this.#records.items[2 * id]! : NO_TERM;
  }

  /** The last word of an n-gram; `NO_TERM` for a word. */
  lastOf(id: number): number {
    const second = this.#records.items[2 * id + 1]!;
    return second < 0 ? NO_TERM - second : NO_TERM;
  }

  /** The words of a term, a blank between them. */
  textOf(id: number): string {
    const last = this.lastOf(id);
    if (last !== NO_TERM) return `${this.textOf(this.frontOf(id))} ${this.textOf(last)}`;
    const first = this.#records.items[2 * id]!;
    const past = first + this.#records.items[2 * id + 1]!;
    let text = '';
    for (let start = first; start < past; start += TEXT_PIECE) {
      const end = Math.min(start + TEXT_PIECE, past);
      text += Reflect.apply(String.fromCharCode, undefined, this.#units.subarray(start, end)) as string;
    }
    return text;
  }

  /** Whether a word has units that code points are made of two of. */
  hasSurrogates(): boolean {
    for (let i = 0; i < this.#unitCount; i++) if ((this.#units[i]! & 0xf800) === 0xd800) return true;
    return false;
  }

  #isAt(start: number, units: ArrayLike<number>, length: number): boolean {
    const known = this.#units;
    for (let i = 0; i < length; i++) if (known[start + i] !== units[i]) return false;
    return true;
  }

  #add(first: number, second: number): number {
    const id = this.size;
    this.#records.push(first);
    this.#records.push(second);
    return id;
  }

  #spreadWords(): void {
    const old = this.#wordSlots;
    const slots = new Int32Array(2 * old.length);
    const mask = slots.length / WORD_SLOT - 1;
    for (let at = 0; at < old.length; at += WORD_SLOT) {
      if (old[at] === 0) continue;
      let slot = scatter(old[at + 1]!) & mask;
      while (slots[WORD_SLOT * slot] !== 0) slot = (slot + 1) & mask;
      slots[WORD_SLOT * slot] = old[at]!;
      slots[WORD_SLOT * slot + 1] = old[at + 1]!;
      slots[WORD_SLOT * slot + 2] = old[at + 2]!;
      slots[WORD_SLOT * slot + 3] = old[at + 3]!;
    }
    this.#wordSlots = slots;
  }

  #spreadNgrams(): void {
    const old = this.#ngramSlots;
    const slots = new Int32Array(4 * old.length);
    const mask = slots.length / NGRAM_SLOT - 1;
    for (let from = 0; from < old.length; from += NGRAM_SLOT) {
      if (old[from] === 0) continue;
      let slot = hashPair(old[from + 1]!, old[from + 2]!) & mask;
      while (slots[NGRAM_SLOT * slot] !== 0) slot = (slot + 1) & mask;
      const to = NGRAM_SLOT * slot;
      slots[to] = old[from]!;
      slots[to + 1] = old[from + 1]!;
      slots[to + 2] = old[from + 2]!;
    }
    this.#ngramSlots = slots;
  }

  #makeRoom(length: number): void {
    let capacity = this.#units.length;
    while (this.#unitCount + length > capacity) capacity *= 2;
    if (capacity === this.#units.length) return;
    const larger = new Uint16Array(capacity);
    larger.set(this.#units);
    this.#units = larger;
  }
}

export const EMPTY_HASH = 0x811c9dc5 | 0;

/** The hash of units and one more (FNV-1a over whole units). */
export const hashUnit = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

const hashPair = (front: number, last: number): number =>
  scatter(Math.imul(Math.imul(front, 0x9e3779b1) ^ last, 0x85ebca6b));

/** Brings the upper bits down to where slots are told apart. */
const scatter = (hash: number): number => hash ^ (hash >>> 15);

/** Arguments that one call can take. */
const TEXT_PIECE = 4096;
