/**
 * Draws from lists, each by one random number (a shuffle by one for each item).
 *
 * @module
 */

/** An item, as often as its weight says. */
export function drawWeighted<T extends { readonly weight: number }>(
  items: readonly T[],
  random: () => number,
): T {
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items.at(-1)!;
}

/** An index, by the probabilities given for each; they sum to 1. */
export function drawByRank(probabilities: readonly number[], random: () => number): number {
  let left = random();
  const index = probabilities.findIndex((probability) => (left -= probability) < 0);
  return index < 0 ? probabilities.length - 1 : index;
}

/**
 * An item of a list that stands in the order of its frequencies, each in proportion to 1 / rank. Sums and quotients
 * only, so that every machine draws the same.
 */
export function drawZipf<T>(items: readonly T[], random: () => number): T {
  const cumulative = harmonicSums(items.length);
  const target = random() * cumulative[items.length - 1]!;
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return items[low]!;
}

const sumsByLength = new Map<number, Float64Array>();

/** 1, 1 + 1/2, 1 + 1/2 + 1/3, ...; remembered by length. */
function harmonicSums(length: number): Float64Array {
  const known = sumsByLength.get(length);
  if (known !== undefined) return known;
  const sums = new Float64Array(length);
  for (let i = 0, sum = 0; i < length; i++) {
    sum += 1 / (i + 1);
    sums[i] = sum;
  }
  sumsByLength.set(length, sums);
  return sums;
}

export const drawEvenly = <T>(items: readonly T[], random: () => number): T =>
  items[Math.floor(random() * items.length)]!;

/** Fisher and Yates's; a new list. */
export function shuffle<T>(items: readonly T[], random: () => number): readonly T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
