/**
 * Terms as scikit-learn's vectorizers cut them: lower-case, strip accents, cut, drop stop words, stem, join n-grams.
 *
 * This is the definition, for every analyzer; `count-ngrams.ts` counts the terms made of words without making them.
 *
 * @see scikit-learn 1.9.1, feature_extraction/text.py, `build_analyzer`; test/learn/text checks its golden tokens.
 * @module
 */

import { matchDomainWords, matchSymbols } from './domain.ts';
import { createPorterStemmer } from './porter-stemmer.ts';

export interface TokenParams {
  readonly analyzer: Analyzer;
  readonly lowercase: boolean;
  /** After lower-casing: `unicode` decomposes (NFKD) and drops combining marks, `ascii` whatever is not ASCII then. */
  readonly stripAccents: 'ascii' | 'unicode' | undefined;
  /** Words that do not count, dropped before n-grams are made; of no effect on characters. */
  readonly stopWords: ReadonlySet<string>;
  /** Brings the words that are left to their stems; of no effect on characters. */
  readonly stemmer: 'porter' | undefined;
  /** [smallest, largest] number of words, or of characters, in a term; 1 <= smallest <= largest. */
  readonly ngramRange: readonly [number, number];
}

export type Analyzer =
  /** `re.findall(r"(?u)\b\w\w+\b", text)`: two or more letters, digits of any script, or underscores. */
  | { readonly kind: 'word' }
  /** Words and the names of things that programmers speak of: `c++`, `asp.net-mvc`. See `domain.ts`. */
  | { readonly kind: 'domain' }
  /** What is between the words of code, and the names that are called or belong to something. See `domain.ts`. */
  | { readonly kind: 'symbols' }
  /** What a regular expression (JavaScript's, with the `u` flag) finds, or its first group where it has one. */
  | { readonly kind: 'pattern'; readonly pattern: string }
  /** Runs of characters, over words too. A run of white space is one blank. */
  | { readonly kind: 'char' }
  /** Runs of characters of one word, a blank each side. A shorter word is one term. */
  | { readonly kind: 'char_wb' };

/** The terms of a text, in no order that counts. */
export function analyze(text: string, params: TokenParams): readonly string[] {
  const prepared = prepare(text, params);
  const { analyzer, ngramRange } = params;
  switch (analyzer.kind) {
    case 'char':
      return characterRuns(joinSpaces(prepared), ngramRange);
    case 'char_wb':
      return joinSpaces(prepared)
        .split(SPACES)
        .filter((word) => word !== '')
        .flatMap((word) => runsOfWord(word, ngramRange));
    case 'word':
    case 'domain':
    case 'symbols':
    case 'pattern': {
      const kept = dropStopWords(cutWords(prepared, analyzer), params.stopWords);
      const words = params.stemmer === undefined ? kept : kept.map(createPorterStemmer());
      return joinWords(words, ngramRange);
    }
  }
}

/** The analyzers whose terms are made of words. */
type WordAnalyzer = Exclude<Analyzer, { readonly kind: 'char' | 'char_wb' }>;

/** Those whose words hold no blank: runs of such words are told apart by the words alone. */
export type PlainAnalyzer = Exclude<WordAnalyzer, { readonly kind: 'pattern' }>;

export const isPlain = (analyzer: Analyzer): analyzer is PlainAnalyzer =>
  analyzer.kind === 'word' || analyzer.kind === 'domain' || analyzer.kind === 'symbols';

/** The words of a text that `prepare` has been over. */
export function cutWords(prepared: string, analyzer: WordAnalyzer): readonly string[] {
  switch (analyzer.kind) {
    case 'word':
      return prepared.match(WORD) ?? [];
    case 'domain':
      return matchDomainWords(prepared);
    case 'symbols':
      return matchSymbols(prepared);
    case 'pattern':
      return findAll(prepared, analyzer.pattern);
  }
}

/** Lower-cased and stripped of accents, as far as is asked for. */
export function prepare(text: string, params: Pick<TokenParams, 'lowercase' | 'stripAccents'>): string {
  const cased = params.lowercase ? text.toLowerCase() : text;
  if (params.stripAccents === undefined) return cased;
  const decomposed = cased.normalize('NFKD');
  if (params.stripAccents === 'ascii') return decomposed.replace(NOT_ASCII, '');
  return decomposed.replace(MARK, (mark) => (isCombining(mark) ? '' : mark));
}

/** Marks (as in `e` + U+0301) part words, as in Python. */
const WORD = /[\p{L}\p{N}_]{2,}/gu;
const MARK = /\p{M}/gu;
const NOT_ASCII = /\P{ASCII}/gu;
/** Python's `\s`, which is not JavaScript's. */
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** Of the canonical classes above 0: such marks are sorted by class, and U+0345 has the highest. */
const isCombining = (mark: string): boolean => {
  const highest = '\u0345';
  return mark === highest || (highest + mark).normalize('NFD') !== highest + mark;
};

const dropStopWords = (words: readonly string[], stopWords: ReadonlySet<string>): readonly string[] =>
  stopWords.size === 0 ? words : words.filter((word) => !stopWords.has(word));

const findAll = (text: string, pattern: string): readonly string[] =>
  Array.from(text.matchAll(new RegExp(pattern, 'gu')), (match) =>
    match.length > 1 ? (match[1] ?? '') : match[0],
  );

/** Two or more white spaces become a blank; one stays as it is. */
const joinSpaces = (text: string): string =>
  text.replace(new RegExp(SPACES.source, 'gu'), (spaces) => (spaces.length > 1 ? ' ' : spaces));

function joinWords(
  words: readonly string[],
  [smallest, largest]: TokenParams['ngramRange'],
): readonly string[] {
  if (largest === 1) return words;
  const terms: string[] = [];
  for (let n = smallest; n <= largest; n++) {
    for (let i = 0; i + n <= words.length; i++)
      terms.push(n === 1 ? words[i]! : words.slice(i, i + n).join(' '));
  }
  return terms;
}

function characterRuns(text: string, [smallest, largest]: TokenParams['ngramRange']): readonly string[] {
  const characters = [...text];
  const terms: string[] = [];
  for (let n = smallest; n <= largest; n++) {
    for (let i = 0; i + n <= characters.length; i++) terms.push(characters.slice(i, i + n).join(''));
  }
  return terms;
}

function runsOfWord(word: string, [smallest, largest]: TokenParams['ngramRange']): readonly string[] {
  const padded = ` ${word} `;
  const length = [...padded].length;
  const terms = [...characterRuns(padded, [smallest, Math.min(largest, length)])];
  if (smallest > length) terms.push(padded);
  return terms;
}
