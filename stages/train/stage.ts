/**
 * `train`: one classifier for each tag, a decision by their scores, saved with all that it takes to use it.
 *
 * In: labels, vectorizer and both matrices. Out: the directory `models/supervised`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { readCsr, readLabelMatrix, writeModel } from '../io/index.ts';
import { canMakeFolds, fitAndDecide, labelsToFit } from '../learn/tagger/index.ts';
import { decisionSchema } from './decision-schema.ts';
import { foldMemory } from './fold-memory.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['train', 'decision'],
  properties: {
    train: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'loss', 'C', 'class_weight', 'tol', 'max_iter', 'intercept_scaling', 'seed'],
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
        seed: { type: 'integer', minimum: 0, description: 'Of the order in which questions are visited' },
      },
    },
    decision: decisionSchema,
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const [labels, vectorizer, labelMatrix, textMatrix] = context.deps;
  const { train, decision } = context.params;
  const { matrix: Y, rowsOf } = readLabelMatrix(labelMatrix!);
  const { matrix: X, rowsOf: otherRows } = readCsr(textMatrix!);
  if (rowsOf !== otherRows) throw new StageFailure('The labels and the features are of different questions');
  const { threads, signal } = context;
  if (!canMakeFolds(decision, Y.rows)) {
    throw new StageFailure(`Cannot make ${decision.folds} folds of ${Y.rows} questions`, {
      hint: 'lower decision.folds',
    });
  }
  const total = labelsToFit(decision, Y.labels);
  const onLabel = (done: number): void => {
    context.progress(done, total, 'tags');
  };
  const memory = foldMemory(context.checkpointDirectory());
  const decided = await fitAndDecide({ train, decision }, X, Y, { threads, signal, onLabel, memory });
  const parts = { labels: labels!, vectorizer: vectorizer! };
  writeModel(context.outs[0]!, parts, { train, decision }, decided);
  const converged = Y.labels - decided.fit.unconverged.length;
  context.log(`${Y.labels} tags from ${X.rows} questions; ${converged} converged within max_iter`);
  const { out_of_fold } = decided.learned;
  if (out_of_fold === null) return;
  const { folds, f1_micro, f1_micro_at_zero } = out_of_fold;
  context.log(
    `Micro F1 ${f1_micro.toFixed(3)} over ${folds} folds; ${f1_micro_at_zero.toFixed(3)} at threshold 0`,
  );
}
