/**
 * A classifier, the decision on its scores and their calibration, learned from the same questions.
 *
 * @module
 */

import { type Calibration, fitCalibration } from '../calibration/index.ts';
import {
  chooseDecision,
  type Decision,
  decisionBySettings,
  type FoldMemory,
  microF1,
  outOfFoldScores,
} from '../decision/index.ts';
import { type LabelMatrix, stratifiedFolds } from '../labels/index.ts';
import type { LinearFit, ThreadOptions } from '../linear/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type ClassifierSettings, needsFolds, type TaggingSettings } from './settings.ts';
import { fitClassifier } from './tagger.ts';

export interface FitSettings {
  readonly train: ClassifierSettings;
  readonly decision: TaggingSettings;
}

export interface LearnedDecision {
  readonly decision: Decision;
  /** On the scores of the folds; null where nothing is learned from any. */
  readonly out_of_fold: {
    readonly folds: number;
    readonly f1_micro: number;
    /** Of threshold 0 without limits. */
    readonly f1_micro_at_zero: number;
  } | null;
}

export interface DecidedFit {
  readonly fit: LinearFit;
  readonly learned: LearnedDecision;
  /** Null where the settings ask for none. */
  readonly calibration: Calibration | null;
  /** Shape (questions, classes): what was learned from; undefined where nothing is. */
  readonly foldScores: Float64Array | undefined;
}

const AT_ZERO: Decision = { kind: 'fixed', threshold: 0, at_least_one: false, max_tags: null };

export interface DecidedFitOptions extends ThreadOptions {
  /** Of the same questions, features and settings. */
  readonly memory?: FoldMemory | undefined;
}

/**
 * Fits a classifier on all questions, and chooses the decision by out-of-fold scores: each fold of the questions is scored
 * by a classifier with the same settings, fitted on the other folds. The folds share out the questions of every label.
 *
 * @param X Shape (questions, terms).
 * @param Y Shape (questions, classes).
 * @param options `onLabel` is told of the folds' labels too, `labelsToFit` in all.
 * @throws {RangeError} If there are fewer questions than folds.
 */
export async function fitAndDecide(
  settings: FitSettings,
  X: Csr,
  Y: LabelMatrix,
  { memory, ...options }: DecidedFitOptions,
): Promise<DecidedFit> {
  let before = 0;
  const fitNext = async (seenX: Csr, seenY: LabelMatrix): Promise<LinearFit> => {
    const onLabel = (done: number): void => options.onLabel?.(before + done);
    const fit = await fitClassifier(settings.train, seenX, seenY, { ...options, onLabel });
    before += Y.labels;
    return fit;
  };
  const counting = memory && {
    ...memory,
    scores: (fold: number) => {
      const known = memory.scores(fold);
      if (known !== undefined) before += Y.labels;
      return known;
    },
  };
  const scores = await foldScores(settings.decision, X, Y, fitNext, counting);
  return { ...learnFrom(settings.decision, scores, Y), foldScores: scores, fit: await fitNext(X, Y) };
}

/** Undefined where nothing is learned from them. */
async function foldScores(
  settings: TaggingSettings,
  X: Csr,
  Y: LabelMatrix,
  fit: (X: Csr, Y: LabelMatrix) => Promise<LinearFit>,
  memory: FoldMemory | undefined,
): Promise<Float64Array | undefined> {
  if (!needsFolds(settings)) return undefined;
  const { folds } = settings;
  const fitFold = async (seenX: Csr, seenY: LabelMatrix) => (await fit(seenX, seenY)).model;
  return outOfFoldScores(X, Y, stratifiedFolds(Y, folds), folds, fitFold, memory);
}

function learnFrom(
  settings: TaggingSettings,
  scores: Float64Array | undefined,
  Y: LabelMatrix,
): Omit<DecidedFit, 'fit' | 'foldScores'> {
  const settled = decisionBySettings(settings);
  if (scores === undefined) return { learned: { decision: settled!, out_of_fold: null }, calibration: null };
  const { folds, min_support, calibration: kind } = settings;
  const decision = settled ?? chooseDecision(settings, scores, Y);
  const f1_micro = microF1(decision, scores, Y);
  return {
    learned: { decision, out_of_fold: { folds, f1_micro, f1_micro_at_zero: microF1(AT_ZERO, scores, Y) } },
    calibration: kind === null ? null : fitCalibration({ kind, min_support }, scores, Y),
  };
}

/** Whether so many questions make the folds that the decision is learned by. */
export const canMakeFolds = (settings: TaggingSettings, questions: number): boolean =>
  !needsFolds(settings) || settings.folds <= questions;

/** How many classifiers of one label `fitAndDecide` fits. */
export const labelsToFit = (settings: TaggingSettings, labels: number): number =>
  labels * (needsFolds(settings) ? settings.folds + 1 : 1);
