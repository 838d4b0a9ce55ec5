/**
 * `train`: one classifier for each tag, a decision by their scores, saved with all that it takes to use it.
 *
 * In: labels, vectorizer, both matrices, what the search found, then the training months. Out: the directory `models/supervised`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import {
  digestRows,
  readCleanMonths,
  readCsr,
  readLabelMatrix,
  readLabels,
  readSearch,
  readVectorizer,
  trainSchema,
  writeModel,
} from '../io/index.ts';
import { canMakeFolds, fitAndDecide, labelsToFit } from '../learn/tagger/index.ts';
import { decisionSchema } from './decision-schema.ts';
import { foldMemory } from './fold-memory.ts';
import { referenceOf } from './reference.ts';
import { settingsFrom } from './settings.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['train', 'decision'],
  properties: {
    train: trainSchema,
    decision: decisionSchema,
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const [labels, vectorizer, labelMatrix, textMatrix, search, ...months] = context.deps;
  const { decision } = context.params;
  const train = settingsFrom(context.params.train, readSearch(search!));
  const { matrix: Y, rowsOf } = readLabelMatrix(labelMatrix!);
  const { matrix: X, rowsOf: otherRows } = readCsr(textMatrix!);
  if (rowsOf !== otherRows) throw new StageFailure('The labels and the features are of different questions');
  const questions = readCleanMonths(months);
  if (digestRows(questions) !== rowsOf) throw new StageFailure('The months are not those of the labels');
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
  const reference = referenceOf(readVectorizer(vectorizer!), readLabels(labels!).classes, questions, decided);
  writeModel(context.outs[0]!, parts, { train, decision }, decided, reference);
  const converged = Y.labels - decided.fit.unconverged.length;
  context.log(`${Y.labels} tags from ${X.rows} questions; ${converged} converged within max_iter`);
  const { out_of_fold } = decided.learned;
  if (out_of_fold === null) return;
  const { folds, f1_micro, f1_micro_at_zero } = out_of_fold;
  context.log(
    `Micro F1 ${f1_micro.toFixed(3)} over ${folds} folds; ${f1_micro_at_zero.toFixed(3)} at threshold 0`,
  );
}
