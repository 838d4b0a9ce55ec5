/**
 * Stems of English words by Porter's algorithm, as `natural` has it.
 *
 * @see M. F. Porter, "An algorithm for suffix stripping", Program 14 (3), 1980
 * @module
 */

// The package as a whole brings database clients: this file and what it needs is all that is loaded.
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';

/**
 * Gives the stem of a lower-case word. Words with anything but the letters a to z stay as they are. Remembers each word.
 */
export function createPorterStemmer(): (word: string) => string {
  const stems = new Map<string, string>();
  return (word) => {
    let stem = stems.get(word);
    if (stem === undefined) {
      stem = ONLY_LETTERS.test(word) ? porter.stem(word) : word;
      stems.set(word, stem);
    }
    return stem;
  };
}

const ONLY_LETTERS = /^[a-z]+$/;
