/**
 * Which UTF-16 units belong to words, and what they are in lower case, looked up instead of matched.
 *
 * A unit that lower-cases or classifies only in its context (surrogates, the Greek sigma, a letter that becomes two)
 * is `contextual`: a text with one is cut by `analyze`.
 *
 * @module
 */

export const UNIT_KINDS = { unknown: 0, separator: 1, word: 2, contextual: 3 } as const;

export interface WordCharacters {
  /** Length 65,536, of `UNIT_KINDS`; `unknown` until `classify` has seen it. */
  readonly kinds: Uint8Array;
  /** Length 65,536: the unit in lower case (or as it is) where it is of kind `word`. */
  readonly lowered: Uint16Array;
  /** Fills in a unit and gives its kind. */
  readonly classify: (unit: number) => number;
}

export function wordCharacters(lowercase: boolean): WordCharacters {
  const kinds = new Uint8Array(65_536);
  const lowered = new Uint16Array(65_536);
  const classify = (unit: number): number => {
    const character = String.fromCharCode(unit);
    const lower = lowercase ? character.toLowerCase() : character;
    lowered[unit] = lower.charCodeAt(0);
    return (kinds[unit] = kindOf(character, lower, lowercase));
  };
  return { kinds, lowered, classify };
}

function kindOf(character: string, lower: string, lowercase: boolean): number {
  if (SURROGATE.test(character) || lower.length !== 1) return UNIT_KINDS.contextual;
  if (lowercase && character === CAPITAL_SIGMA) return UNIT_KINDS.contextual;
  return WORD_CHARACTER.test(lower) ? UNIT_KINDS.word : UNIT_KINDS.separator;
}

/** Becomes another letter at the end of a word. */
const CAPITAL_SIGMA = 'Σ';
const SURROGATE = /[\ud800-\udfff]/;
const WORD_CHARACTER = /[\p{L}\p{N}_]/u;
