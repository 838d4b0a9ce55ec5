/**
 * Tokens as scikit-learn's vectorizers cut them: `re.findall(r"(?u)\b\w\w+\b", text.lower())`, then n-grams.
 *
 * @see scikit-learn 1.9.1, feature_extraction/text.py, `build_analyzer`; test/learn/text checks its golden tokens.
 * @module
 */

export interface TokenParams {
  readonly lowercase: boolean;
  /** Tokens that do not count, before n-grams are made. */
  readonly stopWords: ReadonlySet<string>;
  /** [smallest, largest] number of tokens in a term; 1 <= smallest <= largest. */
  readonly ngramRange: readonly [number, number];
}

/** Two or more letters, digits of any script, or underscores. Marks (as in `e` + U+0301) part words, as in Python. */
const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** The terms of a text: all unigrams in order, then all bigrams, and so on, joined by a blank. */
export function analyze(text: string, params: TokenParams): readonly string[] {
  const words = (params.lowercase ? text.toLowerCase() : text).match(WORD) ?? [];
  const tokens = params.stopWords.size === 0 ? words : words.filter((word) => !params.stopWords.has(word));
  const [smallest, largest] = params.ngramRange;
  if (largest === 1) return tokens;
  const terms: string[] = smallest === 1 ? [...tokens] : [];
  for (let n = Math.max(2, smallest); n <= largest; n++) {
    for (let i = 0; i + n <= tokens.length; i++) terms.push(tokens.slice(i, i + n).join(' '));
  }
  return terms;
}
