/**
 * Texts to numbered words: those that `analyze` gives. The default ones are cut unit by unit, without making strings of
 * them.
 *
 * @module
 */

import { cutWords, type PlainAnalyzer, prepare, type TokenParams } from './analyze.ts';
import type { GrowingArray } from './growing-array.ts';
import { createPorterStemmer } from './porter-stemmer.ts';
import { EMPTY_HASH, hashUnit, type TermTable } from './term-table.ts';
import { CONTEXTUAL, SEPARATOR, UNKNOWN, type WordCharacters, wordCharacters } from './word-characters.ts';

export class WordCutter {
  readonly #params: TokenParams;
  readonly #analyzer: PlainAnalyzer;
  readonly #table: TermTable;
  readonly #characters: WordCharacters;
  readonly #stem: ((word: string) => string) | undefined;
  /** For each word, one more than the number of its stem; 0 where that is not known yet. */
  #stems = new Int32Array(0);
  #stopWordCount = 0;
  /** The units of the word at hand. */
  #units = new Uint16Array(1024);
  /** A text of ASCII and one more byte. */
  #bytes = new Uint8Array(1025);
  readonly #encoder = new TextEncoder();

  /** @param table Empty. */
  constructor(params: TokenParams, analyzer: PlainAnalyzer, table: TermTable) {
    this.#params = params;
    this.#analyzer = analyzer;
    this.#stem = params.stemmer === undefined ? undefined : createPorterStemmer();
    this.#table = table;
    this.#characters = wordCharacters(params.lowercase);
    // First in the table, stop words are known by their small numbers.
    for (const word of params.stopWords) this.#numberOf(word);
    this.#stopWordCount = table.size;
  }

  /** Puts the words of a text behind `words`, stop words left out. */
  cut(text: string, words: GrowingArray): void {
    const before = words.length;
    const isByUnits = this.#analyzer.kind === 'word' && this.#params.stripAccents === undefined;
    if (isByUnits && this.#cutByUnits(text, words)) return;
    words.length = before;
    for (const word of cutWords(prepare(text, this.#params), this.#analyzer))
      this.#keep(this.#numberOf(word), words);
  }

  /** @returns False where a unit cannot be judged by itself; `words` may hold a part then. */
  #cutByUnits(text: string, words: GrowingArray): boolean {
    this.#makeRoom(text.length);
    return this.#cutAscii(text, words) || this.#cutUnicode(text, words);
  }

  /** @returns False where the text is not of ASCII alone. */
  #cutAscii(text: string, words: GrowingArray): boolean {
    const bytes = this.#bytes;
    const { read, written } = this.#encoder.encodeInto(text, bytes);
    if (read !== text.length || written !== read) return false;
    const { folded } = this.#characters;
    const units = this.#units;
    let length = 0;
    let hash = EMPTY_HASH;
    // A blank behind the last word.
    bytes[written] = 0x20;
    for (let i = 0; i <= written; i++) {
      const unit = folded[bytes[i]!]!;
      if (unit !== SEPARATOR) {
        units[length++] = unit;
        hash = hashUnit(hash, unit);
        continue;
      }
      if (length >= 2) this.#keep(this.#table.wordOf(units, length, hash), words);
      length = 0;
      hash = EMPTY_HASH;
    }
    return true;
  }

  #cutUnicode(text: string, words: GrowingArray): boolean {
    const { folded, classify } = this.#characters;
    const units = this.#units;
    let length = 0;
    let hash = EMPTY_HASH;
    for (let i = 0; i <= text.length; i++) {
      const at = i < text.length ? text.charCodeAt(i) : 0x20;
      let unit = folded[at]!;
      if (unit === UNKNOWN) unit = classify(at);
      if (unit > CONTEXTUAL) {
        units[length++] = unit;
        hash = hashUnit(hash, unit);
        continue;
      }
      if (unit === CONTEXTUAL) return false;
      if (length >= 2) this.#keep(this.#table.wordOf(units, length, hash), words);
      length = 0;
      hash = EMPTY_HASH;
    }
    return true;
  }

  #keep(word: number, words: GrowingArray): void {
    if (word < this.#stopWordCount) return;
    words.push(this.#stem === undefined ? word : this.#stemOf(word, this.#stem));
  }

  #stemOf(word: number, stem: (word: string) => string): number {
    if (word >= this.#stems.length) {
      const larger = new Int32Array(2 * word + 1024);
      larger.set(this.#stems);
      this.#stems = larger;
    }
    if (this.#stems[word] === 0) this.#stems[word] = this.#numberOf(stem(this.#table.textOf(word))) + 1;
    return this.#stems[word]! - 1;
  }

  #numberOf(word: string): number {
    this.#makeRoom(word.length);
    let hash = EMPTY_HASH;
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      this.#units[i] = unit;
      hash = hashUnit(hash, unit);
    }
    return this.#table.wordOf(this.#units, word.length, hash);
  }

  #makeRoom(length: number): void {
    if (length <= this.#units.length) return;
    this.#units = new Uint16Array(2 * length);
    this.#bytes = new Uint8Array(2 * length + 1);
  }
}
