/**
 * Occurrences of numbered terms, text by text.
 *
 * @module
 */

import { GrowingArray } from './growing-array.ts';

/** Terms have numbers from 0 on, in no order that counts. */
export interface Tallied {
  /** Length texts + 1. */
  readonly starts: Int32Array;
  /** Text `i` has the terms `ids[starts[i]..starts[i+1]]`, each once, in no order, and so often. */
  readonly ids: Int32Array;
  readonly counts: Int32Array;
}

/** Terms are numbered in the order of their code points. */
export interface CountedTexts extends Tallied {
  /** Numbers below this are terms; each is in one text at least. */
  readonly terms: number;
  /** Of some terms. @param ids Ascending. */
  readonly textsOf: (ids: Int32Array) => readonly string[];
}

export class Tally {
  readonly #starts = new GrowingArray();
  readonly #ids = new GrowingArray();
  readonly #counts = new GrowingArray();
  /** For each term: one more than its place in `ids` for the last text that had it. */
  #places = new Int32Array(1024);
  #textStart = 0;

  constructor() {
    this.#starts.push(0);
  }

  /** One more occurrence in the text at hand. */
  add(id: number): void {
    if (id >= this.#places.length) this.#grow(id);
    const place = this.#places[id]! - 1;
    if (place >= this.#textStart) {
      this.#counts.items[place]!++;
      return;
    }
    this.#ids.push(id);
    this.#counts.push(1);
    this.#places[id] = this.#ids.length;
  }

  /** As if nothing had been counted. */
  clear(): void {
    const ids = this.#ids.view();
    for (let k = 0; k < ids.length; k++) this.#places[ids[k]!] = 0;
    this.#ids.length = 0;
    this.#counts.length = 0;
    this.#starts.length = 1;
    this.#textStart = 0;
  }

  endText(): void {
    this.#textStart = this.#ids.length;
    this.#starts.push(this.#textStart);
  }

  end(): Tallied {
    return { starts: this.#starts.view(), ids: this.#ids.view(), counts: this.#counts.view() };
  }

  #grow(id: number): void {
    const larger = new Int32Array(Math.max(2 * this.#places.length, id + 1));
    larger.set(this.#places);
    this.#places = larger;
  }
}

/** For each term the number of texts with it; 0 for a number that is no term of the texts. */
export function documentsOf({ ids }: Tallied, terms: number): Int32Array {
  const documents = new Int32Array(terms);
  for (let k = 0; k < ids.length; k++) documents[ids[k]!]!++;
  return documents;
}

/** For each term all its occurrences. */
export function occurrencesOf({ ids, counts }: Tallied, terms: number): Int32Array {
  const occurrences = new Int32Array(terms);
  for (let k = 0; k < ids.length; k++) occurrences[ids[k]!]! += counts[k]!;
  return occurrences;
}
