/**
 * Terms to numbers, 0, 1, 2... in the order in which they are first seen: a hash table with open addressing over
 * UTF-16 units for words, and over pairs of numbers for n-grams. A term's text is made only when it is asked for.
 *
 * A term is a word, or a term and one more word: `(new york) city`.
 *
 * @module
 */

import { GrowingArray } from './growing-array.ts';

const EMPTY = -1;
const NO_WORD = -1;

export class TermTable {
  #slots = new Int32Array(1 << 12).fill(EMPTY);
  #mask = this.#slots.length - 1;
  /** Units of all words, one after the other. */
  #units = new Uint16Array(1 << 14);
  #unitCount = 0;
  readonly #hashes = new GrowingArray();
  /** For a word: where its units start, and their number. For an n-gram: its front, and `NO_WORD` less its last word. */
  readonly #first = new GrowingArray();
  readonly #second = new GrowingArray();

  get size(): number {
    return this.#hashes.length;
  }

  /** The number of the word `units[0..length]`. @param hash Of these units, by `hashUnit`. */
  wordOf(units: Uint16Array, length: number, hash: number): number {
    let slot = scatter(hash) & this.#mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === EMPTY) break;
      if (
        this.#hashes.items[id] === hash &&
        this.#second.items[id] === length &&
        this.#isAt(id, units, length)
      ) {
        return id;
      }
      slot = (slot + 1) & this.#mask;
    }
    this.#makeRoom(length);
    const start = this.#unitCount;
    for (let i = 0; i < length; i++) this.#units[start + i] = units[i]!;
    this.#unitCount += length;
    return this.#add(slot, hash, start, length);
  }

  /** The number of a term made of the term `front` and the word `last`. */
  ngramOf(front: number, last: number): number {
    const hash = Math.imul(Math.imul(front, 0x9e3779b1) ^ last, 0x85ebca6b) | 0;
    const second = NO_WORD - last;
    let slot = scatter(hash) & this.#mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === EMPTY) break;
      if (this.#first.items[id] === front && this.#second.items[id] === second) return id;
      slot = (slot + 1) & this.#mask;
    }
    return this.#add(slot, hash, front, second);
  }

  /** The words of a term, a blank between them. */
  textOf(id: number): string {
    const first = this.#first.items[id]!;
    const second = this.#second.items[id]!;
    if (second < 0) return `${this.textOf(first)} ${this.textOf(NO_WORD - second)}`;
    let text = '';
    for (let start = first; start < first + second; start += TEXT_PIECE) {
      const end = Math.min(start + TEXT_PIECE, first + second);
      text += String.fromCharCode(...this.#units.subarray(start, end));
    }
    return text;
  }

  #isAt(id: number, units: Uint16Array, length: number): boolean {
    const start = this.#first.items[id]!;
    for (let i = 0; i < length; i++) if (this.#units[start + i] !== units[i]) return false;
    return true;
  }

  #add(slot: number, hash: number, first: number, second: number): number {
    const id = this.size;
    this.#slots[slot] = id;
    this.#hashes.push(hash);
    this.#first.push(first);
    this.#second.push(second);
    if (2 * this.size > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(EMPTY);
    this.#mask = this.#slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = scatter(this.#hashes.items[id]!) & this.#mask;
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = id;
    }
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

/** Brings the upper bits down to where slots are told apart. */
const scatter = (hash: number): number => hash ^ (hash >>> 15);

/** Arguments that one call can take. */
const TEXT_PIECE = 4096;
