/**
 * A fitted tagger, and the tags that it gives.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import {
  decisionFunction,
  fitLinearSvcOnThreads,
  type LinearFit,
  type LinearModel,
  labelsAbove,
  type ThreadOptions,
} from '../linear/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type TfidfModel, transformTfidf } from '../text/index.ts';
import {
  type ClassifierSettings,
  documentOf,
  type Field,
  type Fields,
  toLinearSvcParams,
} from './settings.ts';

export interface Tagger {
  /** The tags that it knows, by name. */
  readonly classes: readonly string[];
  readonly fields: readonly Field[];
  readonly vectorizer: TfidfModel;
  readonly classifier: LinearModel;
  /** A tag is given where its score is above. */
  readonly threshold: number;
}

/**
 * The same bits for any number of threads.
 *
 * @param X Shape (questions, terms).
 * @param Y Shape (questions, classes).
 */
export const fitClassifier = (
  settings: ClassifierSettings,
  X: Csr,
  Y: LabelMatrix,
  options: ThreadOptions,
): Promise<LinearFit> => fitLinearSvcOnThreads(toLinearSvcParams(settings), X, Y, options);

/** Shape (questions, classes). */
export function predictLabels(tagger: Tagger, questions: readonly Fields[]): LabelMatrix {
  const documents = questions.map((question) => documentOf(question, tagger.fields));
  const scores = decisionFunction(tagger.classifier, transformTfidf(tagger.vectorizer, documents));
  return labelsAbove(scores, tagger.classes.length, tagger.threshold);
}
