/** A word and how often it stands in a text. */
export type WordCount = readonly [word: string, count: number];

/** By frequency, then alphabetically: the same on every machine. */
export function countWords(text: string, minLength: number): readonly WordCount[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return sumCounts(words.filter((word) => word.length >= minLength).map((word) => [word, 1]));
}

export function sumCounts(counts: readonly WordCount[]): readonly WordCount[] {
  const sums = new Map<string, number>();
  for (const [word, count] of counts) sums.set(word, (sums.get(word) ?? 0) + count);
  return [...sums].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
