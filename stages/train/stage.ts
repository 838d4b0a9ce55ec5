/**
 * `train`: one classifier for each tag, saved with all that it takes to use it.
 *
 * In: labels, vectorizer and both matrices. Out: the directory `models/supervised`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { readCsr, readLabelMatrix, writeModel } from '../io/index.ts';
import { fitClassifier } from '../learn/tagger/index.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['train'],
  properties: {
    train: {
      type: 'object',
      additionalProperties: false,
      required: [
        'kind',
        'loss',
        'C',
        'class_weight',
        'tol',
        'max_iter',
        'intercept_scaling',
        'threshold',
        'seed',
      ],
      properties: {
        kind: { const: 'linear_svc', description: 'One linear support vector classifier for each tag' },
        loss: { enum: ['squared_hinge', 'hinge'] },
        C: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'Weight of the errors against that of the norm',
        },
        class_weight: { enum: ['balanced', null], description: 'balanced: rare tags weigh more' },
        tol: { type: 'number', exclusiveMinimum: 0, description: 'Of the stopping rule' },
        max_iter: { type: 'integer', minimum: 1, description: 'Passes over the questions for each tag' },
        intercept_scaling: {
          type: 'number',
          minimum: 0,
          description: 'Value of the feature of the intercept',
        },
        threshold: { type: 'number', description: 'A tag is given where its score is above' },
        seed: { type: 'integer', minimum: 0, description: 'Of the order in which questions are visited' },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const [labels, vectorizer, labelMatrix, textMatrix] = context.deps;
  const settings = context.params.train;
  const { matrix: Y, rowsOf } = readLabelMatrix(labelMatrix!);
  const { matrix: X, rowsOf: otherRows } = readCsr(textMatrix!);
  if (rowsOf !== otherRows) throw new StageFailure('The labels and the features are of different questions');
  const { threads, signal } = context;
  const onLabel = (done: number): void => {
    context.progress(done, Y.labels, 'tags');
  };
  const fit = await fitClassifier(settings, X, Y, { threads, signal, onLabel });
  writeModel(context.outs[0]!, { labels: labels!, vectorizer: vectorizer! }, settings, fit);
  const converged = Y.labels - fit.unconverged.length;
  context.log(`${Y.labels} tags from ${X.rows} questions; ${converged} converged within max_iter`);
}
