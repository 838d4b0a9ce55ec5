/**
 * Which UTF-16 units belong to words, and what they are in lower case, looked up instead of matched.
 *
 * A unit that lower-cases or classifies only in its context (surrogates, the Greek sigma, a letter that becomes two)
 * is `contextual`: a text with one is cut by `analyze`.
 *
 * @module
 */

/** What a unit is if it is no part of a word; none of these numbers is a unit of a word. */
export const SEPARATOR = 0;
export const UNKNOWN = 1;
export const CONTEXTUAL = 2;

export interface WordCharacters {
  /**
   * Length 65,536: the unit in lower case (or as it is) where it is part of a word, else `SEPARATOR` or `CONTEXTUAL`;
   * `UNKNOWN` until `classify` has seen it, but never below 128.
   */
  readonly folded: Uint16Array;
  /** Fills in a unit and gives it. */
  readonly classify: (unit: number) => number;
}

export function wordCharacters(lowercase: boolean): WordCharacters {
  const folded = new Uint16Array(65_536).fill(UNKNOWN);
  const classify = (unit: number): number => {
    const character = String.fromCharCode(unit);
    return (folded[unit] = fold(character, lowercase ? character.toLowerCase() : character, lowercase));
  };
  for (let unit = 0; unit < 128; unit++) classify(unit);
  return { folded, classify };
}

function fold(character: string, lower: string, lowercase: boolean): number {
  if (SURROGATE.test(character) || lower.length !== 1) return CONTEXTUAL;
  if (lowercase && character === CAPITAL_SIGMA) return CONTEXTUAL;
  return WORD_CHARACTER.test(lower) ? lower.charCodeAt(0) : SEPARATOR;
}

/** Becomes another letter at the end of a word. */
const CAPITAL_SIGMA = 'Σ';
const SURROGATE = /[\ud800-\udfff]/;
const WORD_CHARACTER = /[\p{L}\p{N}_]/u;
