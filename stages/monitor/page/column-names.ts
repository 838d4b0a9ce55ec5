/**
 * Watched columns as people call them.
 *
 * @module
 */

const NAMES: Readonly<Record<string, string>> = {
  text_length: 'text length',
  code_share: 'code share',
  oov_rate: 'unknown words',
  tags: 'tags a question',
  tag: 'tag frequencies',
  predicted_tags: 'given tags a question',
  predicted_tag: 'given tag frequencies',
  top_score: 'best score',
  word: 'word frequencies',
  text: 'texts, by classifier',
};

export const columnName = (column: string): string => NAMES[column] ?? column;
