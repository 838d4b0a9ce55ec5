/**
 * What a search may try.
 *
 * @module
 */

/** Where the values of one setting are drawn from. */
export type Distribution =
  /** Numbers in [low, high): `scipy.stats.uniform(low, high - low)`. */
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  /** Numbers whose logarithm is uniform, 0 < low < high: `scipy.stats.loguniform(low, high)`. */
  | { readonly kind: 'loguniform'; readonly low: number; readonly high: number }
  /** Integers, both ends included: `scipy.stats.randint(low, high + 1)`. */
  | { readonly kind: 'int'; readonly low: number; readonly high: number }
  /** One of a list that is not empty. */
  | { readonly kind: 'choice'; readonly values: readonly Value[] };

export type Value = number | string | null;

/** Name of a setting to what it may be. */
export type Space = Readonly<Record<string, Distribution>>;

/** Name of a setting to its value. */
export type Candidate = Readonly<Record<string, Value>>;

/** In the order in which they are drawn: that of Python's `sorted`. */
export const namesOf = (space: Space): readonly string[] =>
  Object.keys(space).sort((a, b) => (a < b ? -1 : 1));

/** @throws {RangeError} If there is nothing to draw from. The message begins with the setting's name. */
export function checkSpace(space: Space): void {
  if (namesOf(space).length === 0) throw new RangeError('there is no setting to search');
  for (const name of namesOf(space)) {
    const problem = problemOf(space[name]!);
    if (problem !== undefined) throw new RangeError(`${name}.${space[name]!.kind} ${problem}`);
  }
}

function problemOf(distribution: Distribution): string | undefined {
  if (distribution.kind === 'choice') {
    return distribution.values.length === 0 ? 'is an empty list' : undefined;
  }
  const { kind, low, high } = distribution;
  const range = `is [${low}, ${high}]`;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return `${range}: both ends must be finite`;
  if (kind === 'int') {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high))
      return `${range}: both ends must be integers`;
    if (high - low >= 2 ** 32) return `${range}: it holds more than 2^32 integers`;
    return low > high ? `${range}: it must not fall` : undefined;
  }
  if (kind === 'loguniform' && low <= 0) return `${range}: it must begin above 0`;
  return low < high ? undefined : `${range}: it must rise`;
}
