/**
 * What a block of features may say.
 *
 * @module
 */

const FIELDS = ['title', 'text', 'code', 'links'] as const;

const weight = {
  type: 'number',
  exclusiveMinimum: 0,
  description: 'What the block is multiplied by, after its norm. Default: 1',
} as const;

const tfidf = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'fields'],
  properties: {
    kind: { const: 'tfidf', description: 'Terms of some fields, weighted by how rare they are' },
    fields: {
      type: 'array',
      minItems: 1,
      items: { enum: FIELDS },
      description: 'What of a question is read, joined by a blank',
    },
    analyzer: {
      enum: ['word', 'domain', 'symbols', 'char', 'char_wb'],
      description:
        'What a term is. word: as in scikit-learn; domain: words with names such as c++ and asp.net-mvc; ' +
        'symbols: punctuation, calls and members of code; char: runs of characters; char_wb: those within words. ' +
        'Default: word',
    },
    lowercase: { type: 'boolean', description: 'Default: true, but false for symbols' },
    stop_words: { enum: ['english', null], description: 'Words that are left out. Default: null' },
    stemmer: {
      enum: ['porter', null],
      description: 'Brings the words that are left to their stems. Default: null',
    },
    ngram_range: {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: { type: 'integer', minimum: 1, maximum: 8 },
      description: 'The fewest and the most words, or characters, of a term. Default: [1, 1]',
    },
    min_df: {
      type: 'number',
      minimum: 0,
      description: 'Below 1 a share of the documents, else a number of them. Default: 1',
    },
    max_df: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Up to 1 a share of the documents, else a number of them. Default: 1.0',
    },
    max_features: {
      type: ['integer', 'null'],
      minimum: 1,
      description: 'Only so many terms, the most frequent. Default: null',
    },
    binary: { type: 'boolean', description: 'Presence instead of counts. Default: false' },
    use_idf: { type: 'boolean', description: 'Rare terms weigh more. Default: true' },
    smooth_idf: { type: 'boolean', description: 'As if one more document held every term. Default: true' },
    sublinear_tf: { type: 'boolean', description: '1 + ln(tf) instead of tf. Default: false' },
    norm: {
      enum: ['l1', 'l2', null],
      description: "What brings each of the block's rows to length 1. Default: l2",
    },
    weight,
  },
} as const;

const tagNames = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'fields'],
  properties: {
    kind: { const: 'tag_names', description: "Whether a label's name is in a field" },
    fields: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { enum: FIELDS },
      description: 'What of a question is read; each with columns of its own, one for each label',
    },
    weight,
  },
} as const;

const when = (kind: string, then: object) => ({ if: { properties: { kind: { const: kind } } }, then });

/** Each kind has its own keys: what is wrong with a block is said of its kind alone. */
export const blockSchema = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { enum: ['tfidf', 'tag_names'], description: 'What the columns of the block are' } },
  allOf: [when('tfidf', tfidf), when('tag_names', tagNames)],
} as const;
