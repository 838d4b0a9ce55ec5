/**
 * What differs between two versions of files of values.
 *
 * @module
 */

import { compareCodePoints, equalValues, type Value } from '../../cache/index.ts';

/** Path of a file to the leaves in it, by their dotted keys. */
export type ValueFiles = ReadonlyMap<string, ReadonlyMap<string, Value>>;

/** Undefined where a version has no such value. */
export interface ValueDiff {
  readonly path: string;
  readonly key: string;
  readonly was: Value | undefined;
  readonly is: Value | undefined;
}

/** By path, then by key. @param options.all Also what is equal, as Python's `==` has it. */
export function diffValues(
  was: ValueFiles,
  is: ValueFiles,
  options: { readonly all: boolean },
): readonly ValueDiff[] {
  return sorted([...was.keys(), ...is.keys()]).flatMap((path) => {
    const [before, after] = [was.get(path), is.get(path)];
    return sorted([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
      .map((key) => ({ path, key, was: before?.get(key), is: after?.get(key) }))
      .filter((diff) => options.all || !isEqual(diff.was, diff.is));
  });
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort(compareCodePoints);

/** What is not there counts as null, as it is printed. */
const isEqual = (a: Value | undefined, b: Value | undefined): boolean => equalValues(a ?? null, b ?? null);
