/**
 * Tags of a month that no training question had.
 *
 * @module
 */

import type { CleanQuestion } from '../io/index.ts';
import type { Reference, Sample } from '../learn/drift/index.ts';

export interface NewTag {
  readonly tag: string;
  /** Of the month. */
  readonly questions: number;
  readonly examples: readonly { readonly title: string; readonly link: string | null }[];
}

const EXAMPLES = 3;

/** The most frequent first. */
export function newTagsOf(
  { sets }: Reference,
  sample: Sample,
  questions: readonly CleanQuestion[],
): readonly NewTag[] {
  const seen = new Set(sets['tag']?.members.map(([name]) => name));
  return [...(sample.sets['tag'] ?? [])]
    .filter(([tag]) => !seen.has(tag))
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([tag, count]) => ({
      tag,
      questions: count,
      examples: questions
        .filter(({ tags }) => tags.includes(tag))
        .slice(0, EXAMPLES)
        .map(({ title, link }) => ({ title, link })),
    }));
}
