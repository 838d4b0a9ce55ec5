/**
 * `featurize`: the training months as TF-IDF rows.
 *
 * In: the training months. Out: `models/vectorizer.arrays`, `data/features/text.arrays`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { digestRows, readCleanMonths, writeCsr, writeVectorizer } from '../io/index.ts';
import { documentOf, type FeatureSettings, toTfidfParams } from '../learn/tagger/index.ts';
import { fitTfidf } from '../learn/text/index.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['featurize'],
  properties: {
    featurize: {
      type: 'object',
      additionalProperties: false,
      required: [
        'fields',
        'lowercase',
        'stop_words',
        'ngram_range',
        'min_df',
        'max_df',
        'max_features',
        'binary',
        'use_idf',
        'smooth_idf',
        'sublinear_tf',
        'norm',
      ],
      properties: {
        fields: {
          type: 'array',
          minItems: 1,
          items: { enum: ['title', 'text', 'code'] },
          description: 'What of a question is read, joined by a blank',
        },
        lowercase: { type: 'boolean' },
        stop_words: { enum: ['english', null], description: 'Words that are left out' },
        ngram_range: {
          type: 'array',
          minItems: 2,
          maxItems: 2,
          items: { type: 'integer', minimum: 1, maximum: 5 },
          description: 'The fewest and the most words of a term',
        },
        min_df: {
          type: 'number',
          minimum: 0,
          description: 'Below 1 a share of the documents, else a number of them',
        },
        max_df: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'Up to 1 a share of the documents, else a number of them',
        },
        max_features: { type: ['integer', 'null'], minimum: 1, description: 'Only the most frequent terms' },
        binary: { type: 'boolean', description: 'Presence instead of counts' },
        use_idf: { type: 'boolean' },
        smooth_idf: { type: 'boolean', description: 'As if one more document held every term' },
        sublinear_tf: { type: 'boolean', description: '1 + ln(tf) instead of tf' },
        norm: { enum: ['l1', 'l2', null], description: 'Length that each row is brought to 1 in' },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const settings = context.params.featurize;
  const [fewest = 1, most = 1] = settings.ngram_range;
  if (fewest > most)
    throw new StageFailure(`featurize.ngram_range is [${fewest}, ${most}]: it must not fall`);
  const questions = readCleanMonths(context.deps);
  if (questions.length === 0) throw new StageFailure('No question in the training months');
  const documents = questions.map((question) => documentOf(question, settings.fields));
  const { model, matrix } = fit(settings, documents);
  writeVectorizer(context.outs[0]!, { settings, model });
  writeCsr(context.outs[1]!, { matrix, rowsOf: digestRows(questions) });
  context.log(`${matrix.rows} questions, ${matrix.columns} terms, ${matrix.indices.length} values`);
}

function fit(settings: FeatureSettings, documents: readonly string[]): ReturnType<typeof fitTfidf> {
  try {
    return fitTfidf(toTfidfParams(settings), documents);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StageFailure(error.message, {
      hint: 'see min_df, max_df and fields of featurize',
      cause: error,
    });
  }
}
