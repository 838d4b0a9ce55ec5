/**
 * Words and symbols of questions on programming.
 *
 * @module
 */

/**
 * Words with what is part of a name: `node.js`, `asp.net-mvc`, `objective-c`, `c++`, `c++11`, `c#`, `.net`.
 *
 * A word is a run of letters, digits and underscores; words with a single `.` or `-` between them are one. `++` (and
 * digits behind it) and `#` belong to the word before them where no other follows at once. One character alone is a
 * word only if it is `c` or `r`, or ends so.
 */
export const matchDomainWords = (text: string): readonly string[] => text.match(DOMAIN_WORD) ?? [];

/** A word is always taken whole, so that what comes behind one in the list never begins within another. */
const DOMAIN_WORD =
  /\.net(?![\p{L}\p{N}_])(?:[.-][\p{L}\p{N}_]+)*|[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)+(?:\+\+\d*|#)?(?![\p{L}\p{N}_])|[\p{L}\p{N}_]+(?:\+\+\d*|#)(?![\p{L}\p{N}_])|[\p{L}\p{N}_]{2,}|[cr]/giu;

/**
 * Code beside its words: names that are called with their `(`, members with their `.`, and runs of up to three
 * characters of punctuation between them.
 */
export const matchSymbols = (code: string): readonly string[] => code.match(SYMBOL) ?? [];

const SYMBOL = /[A-Za-z_][\p{L}\p{N}_]*\(|\.[A-Za-z_][\p{L}\p{N}_]*|(?:(?!_)[\p{P}\p{S}]){1,3}/gu;
