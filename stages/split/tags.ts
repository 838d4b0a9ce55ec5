/**
 * The ways in which a question's tags are written in one string.
 *
 * @module
 */

/** `<a><b>`, `|a|b|`, `['a', 'b']`, `a, b`, `a b`. A name holds none of the separators. */
export function readTagText(text: string): readonly string[] {
  return text.split(/[<>|[\]'",;\s]+/).filter((name) => name !== '');
}
