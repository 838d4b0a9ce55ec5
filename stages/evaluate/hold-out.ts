/**
 * The recipe of a model fitted again on the earlier months, and scored on the later ones.
 *
 * Labels, vectorizer and classifier are all learned anew: nothing of the months held out is known to them.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { CleanQuestion } from '../io/index.ts';
import { binarizeLabels } from '../learn/labels/index.ts';
import type { ThreadOptions } from '../learn/linear/index.ts';
import {
  type ClassifierSettings,
  chooseLabels,
  documentOf,
  type FeatureSettings,
  fitClassifier,
  type LabelSettings,
  type ScoredTagger,
  scoreTagger,
  toTfidfParams,
} from '../learn/tagger/index.ts';
import { fitTfidf } from '../learn/text/index.ts';

export interface Recipe {
  readonly labels: LabelSettings;
  readonly featurize: FeatureSettings;
  readonly train: ClassifierSettings;
}

export interface HeldOut extends ScoredTagger {
  /** Tags whose fit stopped early. */
  readonly unconverged: number;
}

export async function evaluateHoldOut(
  recipe: Recipe,
  earlier: readonly CleanQuestion[],
  later: readonly CleanQuestion[],
  options: ThreadOptions,
): Promise<HeldOut> {
  const { fields } = recipe.featurize;
  const tags = earlier.map((question) => question.tags);
  const { classes } = chooseLabels(recipe.labels, tags);
  if (classes.length === 0) {
    throw new StageFailure(
      `No tag is in ${recipe.labels.min_support} questions of the months that are left to learn from`,
    );
  }
  const { matrix: Y } = binarizeLabels(classes, tags);
  const documents = earlier.map((question) => documentOf(question, fields));
  const { model: vectorizer, matrix: X } = fitTfidf(toTfidfParams(recipe.featurize), documents);
  const fit = await fitClassifier(recipe.train, X, Y, options);
  const { threshold } = recipe.train;
  const scored = scoreTagger({ classes, fields, vectorizer, classifier: fit.model, threshold }, later);
  return { ...scored, unconverged: fit.unconverged.length };
}
