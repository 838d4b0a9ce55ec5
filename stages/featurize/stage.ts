/**
 * `featurize`: the training months as rows of features.
 *
 * In: the labels, then the training months. Out: `models/vectorizer.arrays`, `data/features/text.arrays`.
 *
 * @module
 */

import { type StageContext, StageFailure } from 'dvc-like/stage';
import {
  blockSchema,
  digestRows,
  readCleanMonths,
  readLabels,
  writeCsr,
  writeVectorizer,
} from '../io/index.ts';
import { checkSettings, type FeatureSettings, fitFeaturizer } from '../learn/features/index.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['featurize'],
  properties: {
    featurize: {
      type: 'object',
      additionalProperties: false,
      required: ['blocks'],
      properties: {
        kind: {
          enum: ['tfidf', 'lsa', 'both'],
          description:
            'What a row has: the columns of the blocks, their LSA components instead, or those behind them. Default: tfidf',
        },
        blocks: {
          type: 'array',
          minItems: 1,
          items: blockSchema,
          description: 'Columns side by side, block by block',
        },
        normalize: {
          enum: ['l2', null],
          description: 'What brings each row of all blocks together to length 1. Default: null',
        },
        lsa: {
          type: 'object',
          additionalProperties: false,
          required: ['n_components', 'n_iter', 'seed', 'normalize'],
          description:
            'Latent semantic analysis: a truncated SVD of the rows of all blocks, for kind lsa and both',
          properties: {
            n_components: { type: 'integer', minimum: 1, description: 'Directions that are kept' },
            n_iter: { type: 'integer', minimum: 0, description: 'Power iterations; 5 do for text' },
            seed: { type: 'integer', minimum: 0, description: 'Of the random projection' },
            normalize: {
              enum: ['l2', null],
              description: 'What brings the components of a question to length 1',
            },
          },
        },
      },
    },
  },
} as const;

export default async function run(
  context: StageContext<{ readonly featurize: FeatureSettings }>,
): Promise<void> {
  const settings = context.params.featurize;
  refuse(undefined, () => {
    checkSettings(settings);
  });
  const [labels, ...months] = context.deps;
  const questions = readCleanMonths(months);
  if (questions.length === 0) throw new StageFailure('No question in the training months');
  const { classes } = readLabels(labels!);
  const { featurizer, matrix } = refuse('lower its min_df, or leave the block out', () =>
    fitFeaturizer(settings, questions, classes),
  );
  writeVectorizer(context.outs[0]!, featurizer);
  writeCsr(context.outs[1]!, { matrix, rowsOf: digestRows(questions) });
  context.log(`${matrix.rows} questions, ${matrix.columns} columns, ${matrix.indices.length} values`);
}

/** Blames what is out of its range on the settings. */
function refuse<T>(hint: string | undefined, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const ofLsa = error.message.startsWith('lsa.') ? 'lower it, or train on more questions' : hint;
    throw new StageFailure(`featurize.${error.message}`, {
      ...(ofLsa !== undefined && { hint: ofLsa }),
      cause: error,
    });
  }
}
