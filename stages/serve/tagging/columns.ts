/**
 * What the columns of a featurizer stand for, in words.
 *
 * @module
 */

import type { Featurizer } from '../../learn/features/index.ts';

/** What a question has, or has not. */
export interface Feature {
  /**
   * `term`: its word stands in the fields. `tag_name`: a tag of this name is mentioned in them. `lsa`: it lies in a direction
   * of all blocks together, which has a number instead of a word.
   */
  readonly kind: 'term' | 'tag_name' | 'lsa';
  readonly word: string;
  /** `title`, `text`, `code`, `links`, or several joined by `+`; `all` for `lsa`. */
  readonly field: string;
}

/** From a column's number to what it stands for. */
export function featureNamer({ settings, blocks, lsa }: Featurizer): (column: number) => Feature {
  const stacked = blocks.flatMap((block): readonly Part[] =>
    block.kind === 'tfidf'
      ? [{ kind: 'term', words: block.model.terms, field: block.settings.fields.join('+') }]
      : block.settings.fields.map((field) => ({ kind: 'tag_name', words: block.classes, field })),
  );
  const words = Array.from({ length: lsa?.components ?? 0 }, (_, j) => String(j));
  const components: Part = { kind: 'lsa', words, field: 'all' };
  const parts = settings.kind === 'lsa' ? [components] : [...stacked, components];
  return (column) => {
    let at = column;
    for (const { kind, words, field } of parts) {
      const word = words[at];
      if (at < words.length && word !== undefined) return { kind, word, field };
      at -= words.length;
    }
    throw new RangeError(`There is no column ${column}`);
  };
}

interface Part {
  readonly kind: Feature['kind'];
  readonly words: readonly string[];
  readonly field: string;
}
