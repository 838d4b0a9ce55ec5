/**
 * The language of templates: `${name}`, `${name.part}`, `${list[0]}`; `\${` is a plain `${`.
 *
 * A word is anything but `.`, `[` and `]`; blanks around it do not count. `[1]` and `.1` are the same.
 *
 * @module
 */

export interface Expression {
  /** From `$` to `}`. */
  readonly text: string;
  /** Where it starts in its string. */
  readonly start: number;
  /** What stands between the braces. */
  readonly inner: string;
}

export type ParsedPath =
  | { readonly kind: 'path'; readonly words: readonly string[] }
  /** @property at Where in `inner` the mistake is. */
  | { readonly kind: 'mistake'; readonly message: string; readonly at: number };

const EXPRESSION = /(?<!\\)\$\{([^\n]*?)\}/g;

/** An unclosed `${` is no expression but text. */
export function expressionsIn(text: string): readonly Expression[] {
  if (!text.includes('${')) return [];
  return [...text.matchAll(EXPRESSION)].map((match) => ({
    text: match[0],
    start: match.index,
    inner: match[1]!,
  }));
}

/** Text without an expression: only the escapes are left to take away. */
export const unescapeText = (text: string): string => text.replaceAll('\\${', '${');

export function parsePath(inner: string): ParsedPath {
  const words: string[] = [];
  const word = /[^.[\]]+/y;
  const next = /\s*(?:\.([^.[\]]+)|\[([^.[\]]+)\])/y;
  const first = word.exec(inner);
  if (first === null) return { kind: 'mistake', message: 'a name must stand here', at: 0 };
  words.push(first[0].trim());
  let at = word.lastIndex;
  for (;;) {
    next.lastIndex = at;
    const match = next.exec(inner);
    if (match === null) break;
    words.push((match[1] ?? match[2]!).trim());
    at = next.lastIndex;
  }
  const rest = inner.slice(at).trimStart();
  if (rest === '') return { kind: 'path', words };
  return { kind: 'mistake', message: mistakeAt(rest), at: inner.length - rest.length };
}

function mistakeAt(rest: string): string {
  if (rest.startsWith('[')) return rest.includes(']') ? 'an index must stand in "[ ]"' : '"[" is not closed';
  if (rest.startsWith('.')) return 'a name must follow "."';
  return `"${rest.charAt(0)}" cannot stand here`;
}
