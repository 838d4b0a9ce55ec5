/**
 * Names as a tracker allows them: letters, digits, `_ - . : /` and blanks, at most 250 characters, a path that nothing
 * in it changes.
 *
 * @module
 */

/** What people call these in identifiers: `c_sharp`, `c_plus_plus`. */
const WORDS: Readonly<Record<string, string>> = { '#': '_sharp', '+': '_plus', '&': '_and', '*': '_star' };

const LONGEST = 250;

export interface EncodedNames {
  /** By the name as it is. */
  readonly encoded: ReadonlyMap<string, string>;
  /** The names that are others now: encoded to original, in the order of the encoded. */
  readonly changed: Readonly<Record<string, string>>;
}

/** Different names stay different: of those that would become equal the later, in their order, end in `_2`, `_3`, ... */
export function encodeNames(names: Iterable<string>): EncodedNames {
  const encoded = new Map<string, string>();
  const taken = new Set<string>();
  const unique = [...new Set(names)].sort();
  // Names that may stay are given first: they cannot lose theirs to another.
  const inOrder = [
    ...unique.filter((name) => encode(name) === name),
    ...unique.filter((name) => encode(name) !== name),
  ];
  for (const name of inOrder) {
    const wanted = encode(name);
    let given = wanted;
    for (let count = 2; taken.has(given); count++) {
      const end = `_${count}`;
      given = wanted.slice(0, LONGEST - end.length) + end;
    }
    taken.add(given);
    encoded.set(name, given);
  }
  const changed = [...encoded]
    .filter(([name, given]) => name !== given)
    .map(([name, given]) => [given, name] as const);
  return {
    encoded,
    changed: Object.fromEntries(changed.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function encode(name: string): string {
  const allowed = name
    .replaceAll(/[#+&*]/g, (character) => WORDS[character]!)
    .replaceAll(/[^\w\-.: /]/gu, (character) => `_x${character.codePointAt(0)!.toString(16)}`);
  const segments = allowed.split('/').map((segment) => (/^\.*$/.test(segment) ? `_${segment}` : segment));
  return segments.join('/').slice(0, LONGEST).replace(/\/$/, '_');
}
