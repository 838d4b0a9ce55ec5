/**
 * A model that is fitted in no time, in a directory of its own.
 *
 * @module
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CleanQuestion, writeLabels, writeModel, writeVectorizer } from '../../../stages/io/index.ts';
import { type FeatureSettings, fitFeaturizer } from '../../../stages/learn/features/index.ts';
import type { UnicodeForm } from '../../../stages/learn/html/index.ts';
import { binarizeLabels } from '../../../stages/learn/labels/index.ts';
import {
  chooseLabels,
  fitAndDecide,
  type LabelSettings,
  type SecondStageSettings,
  type TaggingSettings,
} from '../../../stages/learn/tagger/index.ts';
import { referenceOf } from '../../../stages/train/reference.ts';
import { CLASSIFIER, DECISION, LABELS, QUESTIONS } from '../tagging.ts';

/** A block of each kind. */
const BLOCKS: FeatureSettings = {
  blocks: [
    { kind: 'tfidf', fields: ['title'] },
    { kind: 'tfidf', fields: ['text'] },
    { kind: 'tag_names', fields: ['title', 'text'], weight: 0.5 },
  ],
};

const MONTHS = { from: '2020-01', to: '2020-03' };

/** What is not as in the model that knows `blue`, `green` and `red`. */
export interface SmallModel {
  readonly C?: number;
  readonly decision?: TaggingSettings;
  readonly questions?: readonly CleanQuestion[];
  readonly labels?: LabelSettings;
  readonly secondStage?: SecondStageSettings | null;
  readonly unicodeForm?: UnicodeForm;
}

/** @param directory Must not exist yet. */
export async function writeSmallModel(
  directory: string,
  {
    C = 10,
    decision = { ...DECISION, calibration: 'platt' },
    questions = QUESTIONS,
    labels: labelSettings = LABELS,
    secondStage = null,
    unicodeForm = 'NFC',
  }: SmallModel = {},
): Promise<void> {
  const parts = mkdtempSync(join(tmpdir(), 'dvc-like-parts-'));
  try {
    const tags = questions.map((question) => question.tags);
    const { coverage: _, ...chosen } = chooseLabels(labelSettings, tags);
    const { featurizer, matrix } = fitFeaturizer(BLOCKS, questions, chosen.classes);
    const Y = binarizeLabels(chosen.classes, tags).matrix;
    const settings = { train: { ...CLASSIFIER, C }, second_stage: secondStage, decision };
    const data = { classes: chosen.classes, questions, X: matrix, Y };
    const decided = await fitAndDecide(settings, data, { threads: 1 });
    const reference = referenceOf(featurizer, chosen.classes, questions, decided);
    const [labels, vectorizer] = [join(parts, 'labels.json'), join(parts, 'vectorizer.arrays')];
    writeLabels(labels, { months: MONTHS, questions: questions.length, settings: labelSettings, ...chosen });
    writeVectorizer(vectorizer, featurizer);
    const clean = { unicode_form: unicodeForm };
    writeModel(directory, { labels, vectorizer }, { clean, ...settings }, decided, reference);
  } finally {
    rmSync(parts, { recursive: true });
  }
}

/** A directory with the model in `model`, for the time of `body`. */
export async function withSmallModel<T>(
  body: (model: string, top: string) => Promise<T>,
  other: SmallModel = {},
): Promise<T> {
  const top = mkdtempSync(join(tmpdir(), 'dvc-like-serve-'));
  try {
    const model = join(top, 'model');
    await writeSmallModel(model, other);
    return await body(model, top);
  } finally {
    rmSync(top, { recursive: true });
  }
}
