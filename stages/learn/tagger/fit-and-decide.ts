/**
 * A classifier and the decision on its scores, learned from the same questions.
 *
 * @module
 */

import {
  chooseDecision,
  type Decision,
  type DecisionSettings,
  decisionBySettings,
  type FoldMemory,
  microF1,
  outOfFoldScores,
} from '../decision/index.ts';
import { type LabelMatrix, stratifiedFolds } from '../labels/index.ts';
import type { LinearFit, ThreadOptions } from '../linear/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { ClassifierSettings } from './settings.ts';
import { fitClassifier } from './tagger.ts';

export interface FitSettings {
  readonly train: ClassifierSettings;
  readonly decision: DecisionSettings;
}

export interface LearnedDecision {
  readonly decision: Decision;
  /** On the scores that it was chosen by; null where the settings say it all. */
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
  const learned = await learnDecision(settings.decision, X, Y, fitNext, counting);
  return { learned, fit: await fitNext(X, Y) };
}

async function learnDecision(
  settings: DecisionSettings,
  X: Csr,
  Y: LabelMatrix,
  fit: (X: Csr, Y: LabelMatrix) => Promise<LinearFit>,
  memory: FoldMemory | undefined,
): Promise<LearnedDecision> {
  const settled = decisionBySettings(settings);
  if (settled !== undefined) return { decision: settled, out_of_fold: null };
  const { folds } = settings;
  const fitFold = async (seenX: Csr, seenY: LabelMatrix) => (await fit(seenX, seenY)).model;
  const scores = await outOfFoldScores(X, Y, stratifiedFolds(Y, folds), folds, fitFold, memory);
  const decision = chooseDecision(settings, scores, Y);
  const f1_micro = microF1(decision, scores, Y);
  return { decision, out_of_fold: { folds, f1_micro, f1_micro_at_zero: microF1(AT_ZERO, scores, Y) } };
}

/** Whether so many questions make the folds that the decision is learned by. */
export const canMakeFolds = (settings: DecisionSettings, questions: number): boolean =>
  decisionBySettings(settings) !== undefined || settings.folds <= questions;

/** How many classifiers of one label `fitAndDecide` fits. */
export const labelsToFit = (settings: DecisionSettings, labels: number): number =>
  labels * (decisionBySettings(settings) === undefined ? settings.folds + 1 : 1);
