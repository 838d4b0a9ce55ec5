/**
 * The settings of a tagger, with scikit-learn's names and meanings where it has them, and what they are to the parts
 * of `learn/`.
 *
 * @module
 */

import type { ClassifierSettings } from '../classifier/index.ts';
import { type DecisionSettings, decisionBySettings } from '../decision/index.ts';
import type { BlockSettings } from '../features/index.ts';
import type { RerankSettings } from '../rerank/index.ts';

export interface LabelSettings {
  /** In (0, 1]. */
  readonly coverage: number;
  /** At least 1. */
  readonly min_support: number;
}

/** From scores to tags, and to probabilities. */
export interface TaggingSettings extends DecisionSettings {
  /** Tags of fewer than `min_support` questions share one curve; null: there are no probabilities. */
  readonly calibration: 'platt' | 'isotonic' | null;
  /** At least 1: what is learned from out-of-fold scores is learned from those of so many of the latest questions. */
  readonly latest: number;
}

/** A classifier beside that of `train`. */
export type FurtherSettings = ClassifierSettings & {
  /** Features of its own, at least one; where left out, those of the first classifier. */
  readonly blocks?: readonly BlockSettings[];
};

export interface SecondStageSettings extends RerankSettings {
  /** Further ones, fitted on the folds of the first: the pairs have their scores too. */
  readonly classifiers: readonly FurtherSettings[];
  /** Of micro F1 out of fold: by what a further one must better the second stage to be kept. */
  readonly min_gain: number;
  /** Whether tags that are no labels are given to questions that name them. */
  readonly named_tags: boolean;
}

/** What a tagger is fitted by, once labels and features are there. */
export interface FitSettings {
  readonly train: ClassifierSettings;
  /** Null: the scores of the classifier are the last word. */
  readonly second_stage: SecondStageSettings | null;
  readonly decision: TaggingSettings;
}

/** Whether there is something to learn from out-of-fold scores. */
export const needsFolds = ({ second_stage, decision }: Omit<FitSettings, 'train'>): boolean =>
  second_stage !== null || decision.calibration !== null || decisionBySettings(decision) === undefined;
