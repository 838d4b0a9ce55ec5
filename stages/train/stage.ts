/**
 * `train`: one classifier for each tag, a second stage over their scores, a decision, saved with all that it takes to
 * use them.
 *
 * In: labels, vectorizer, both matrices, what the search found, the training months. Out: the directory
 * `models/supervised`.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import {
  checkFeatures,
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
import { canMakeFolds, type FitSettings, fitAndDecide, labelsToFit } from '../learn/tagger/index.ts';
import { decisionSchema } from './decision-schema.ts';
import { foldMemory } from './fold-memory.ts';
import { referenceOf } from './reference.ts';
import { qualitySchema, secondStageSchema } from './second-stage-schema.ts';
import { settingsFrom } from './settings.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['clean', 'quality', 'train', 'second_stage', 'decision'],
  properties: {
    clean: {
      type: 'object',
      required: ['unicode_form'],
      properties: { unicode_form: { enum: ['NFC', 'NFKC'] } },
    },
    quality: qualitySchema,
    train: trainSchema,
    second_stage: secondStageSchema,
    decision: decisionSchema,
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const [labels, vectorizer, labelMatrix, textMatrix, search, ...months] = context.deps;
  const { clean, quality, decision } = context.params;
  const settings: FitSettings = {
    train: settingsFrom(context.params.train, readSearch(search!)),
    second_stage: quality === 'best' ? context.params.second_stage : null,
    decision,
  };
  const { matrix: Y, rowsOf } = readLabelMatrix(labelMatrix!);
  const { matrix: X, rowsOf: otherRows } = readCsr(textMatrix!);
  const questions = readCleanMonths(months);
  if (rowsOf !== otherRows || rowsOf !== digestRows(questions)) {
    throw new StageFailure('The labels, the features and the months are of different questions');
  }
  checkFeatures(settings.train.kind, X.columns);
  const { threads, signal } = context;
  if (!canMakeFolds(settings, Y.rows)) {
    throw new StageFailure(`Cannot make ${decision.folds} folds of ${Y.rows} questions`, {
      hint: 'lower decision.folds',
    });
  }
  const total = labelsToFit(settings, Y.labels);
  const onLabel = (done: number): void => {
    context.progress(done, total, 'tags');
  };
  const memory = foldMemory(context.checkpointDirectory());
  const { classes } = readLabels(labels!);
  const data = { classes, questions, X, Y };
  const decided = await fitAndDecide(settings, data, { threads, signal, onLabel, memory }).catch(refuse);
  const parts = { labels: labels!, vectorizer: vectorizer! };
  const reference = referenceOf(readVectorizer(vectorizer!), classes, questions, decided);
  const kept = decided.further.map((each) => each.settings);
  const second_stage = settings.second_stage && { ...settings.second_stage, classifiers: kept };
  writeModel(context.outs[0]!, parts, { clean, ...settings, second_stage }, decided, reference);
  const converged = Y.labels - decided.fit.unconverged.length;
  context.log(`${Y.labels} tags from ${X.rows} questions; ${converged} converged within max_iter`);
  const asked = settings.second_stage?.classifiers.length ?? 0;
  if (asked > 0) context.log(`${kept.length} of ${asked} further classifiers kept`);
  const { out_of_fold } = decided.learned;
  if (out_of_fold === null) return;
  const { folds, f1_micro, f1_micro_at_zero } = out_of_fold;
  context.log(
    `Micro F1 ${f1_micro.toFixed(3)} over ${folds} folds; ${f1_micro_at_zero.toFixed(3)} at threshold 0`,
  );
}

/** Blames blocks that cannot be fitted on the settings. */
function refuse(error: unknown): never {
  if (!(error instanceof RangeError && error.message.startsWith('second_stage.'))) throw error;
  throw new StageFailure(error.message, {
    hint: "lower the block's min_df, or leave the block out",
    cause: error,
  });
}
