/**
 * The recipe of a model fitted again on the earlier months, and scored on the later ones.
 *
 * Labels, vectorizer, classifier and decision are all learned anew: nothing of the months held out is known to them.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { CleanQuestion } from '../io/index.ts';
import { type CurvePoint, thresholdCurve } from '../learn/decision/index.ts';
import { fitReference, type Reference, watchPredictions } from '../learn/drift/index.ts';
import { type FeatureSettings, fitFeaturizer } from '../learn/features/index.ts';
import { binarizeLabels } from '../learn/labels/index.ts';
import type { ThreadOptions } from '../learn/linear/index.ts';
import {
  chooseLabels,
  type FitSettings,
  fitAndDecide,
  type LabelSettings,
  type PredictedTags,
  predictTags,
  type ScoredTagger,
  scorePredicted,
  type Tagger,
} from '../learn/tagger/index.ts';

export interface Recipe extends FitSettings {
  readonly labels: LabelSettings;
  readonly featurize: FeatureSettings;
}

export interface HeldOut extends ScoredTagger {
  /** The tags that were learned, and what was said of the later questions. */
  readonly classes: readonly string[];
  readonly predicted: PredictedTags;
  /** Tags whose fit stopped early. */
  readonly unconverged: number;
  /** Of one threshold for all tags. */
  readonly curve: readonly CurvePoint[];
  /** What the tagger's scores look like on questions that it has not seen: empty where it learned from too few of all. */
  readonly reference: Reference;
}

/** At the most. */
const CURVE_POINTS = 200;

/**
 * A tagger of fewer questions is less sure: what was fitted on less than this share of them says little of the scores to expect of
 * one that was fitted on all.
 */
const LIKE_ALL = 0.85;

export async function evaluateHoldOut(
  recipe: Recipe,
  earlier: readonly CleanQuestion[],
  later: readonly CleanQuestion[],
  options: ThreadOptions,
): Promise<HeldOut> {
  const tags = earlier.map((question) => question.tags);
  const { classes } = chooseLabels(recipe.labels, tags);
  if (classes.length === 0) {
    throw new StageFailure(
      `No tag is in ${recipe.labels.min_support} questions of the months that are left to learn from`,
    );
  }
  const { matrix: Y } = binarizeLabels(classes, tags);
  const { featurizer, matrix: X } = fitFeatures(recipe.featurize, earlier, classes);
  const data = { classes, questions: earlier, X, Y };
  const { fit, further, secondStage, namedTags, learned, calibration } = await fitAndDecide(
    recipe,
    data,
    options,
  ).catch((error: unknown) => refuse(error, ''));
  const { decision } = learned;
  const tagger: Tagger = {
    classes,
    featurizer,
    classifier: fit.model,
    further: further.map(({ featurizer: own, fit: { model } }) => ({ featurizer: own, classifier: model })),
    secondStage,
    decision,
    namedTags,
    calibration,
  };
  const { matrix: laterY } = binarizeLabels(
    classes,
    later.map((question) => question.tags),
  );
  const predicted = predictTags(tagger, later);
  const { numbers } = watchPredictions(classes, predicted.scores, predicted.given);
  const isLikeAll = earlier.length >= LIKE_ALL * (earlier.length + later.length);
  const watched = {
    questions: later.length,
    numbers: isLikeAll ? { top_score: numbers['top_score']! } : {},
    sets: {},
  };
  return {
    ...scorePredicted(classes, later, predicted),
    classes,
    predicted,
    unconverged: fit.unconverged.length,
    curve: thresholdCurve(predicted.scores, laterY, CURVE_POINTS),
    reference: fitReference(watched),
  };
}

function fitFeatures(...fit: Parameters<typeof fitFeaturizer>): ReturnType<typeof fitFeaturizer> {
  try {
    return fitFeaturizer(...fit);
  } catch (error) {
    return refuse(error, 'featurize.');
  }
}

/** Terms that all training months have may be missing in the first of them. */
function refuse(error: unknown, place: string): never {
  if (!(error instanceof RangeError)) throw error;
  throw new StageFailure(`Of the months that are left to learn from, ${place}${error.message}`, {
    hint: "lower evaluate.holdout_months or the block's min_df, or leave the block out",
    cause: error,
  });
}
