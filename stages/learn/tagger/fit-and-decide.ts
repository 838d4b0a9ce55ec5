/**
 * A classifier, and what is learned from its scores: the second stage, the decision, the calibration.
 *
 * @module
 */

import { type Calibration, fitCalibration } from '../calibration/index.ts';
import {
  type ClassifierFit,
  type ClassifierSettings,
  fitClassifier,
  scoreClassifier,
} from '../classifier/index.ts';
import {
  chooseDecision,
  type Decision,
  decide,
  decisionBySettings,
  type FoldMemory,
  microF1,
  outOfFoldScores,
} from '../decision/index.ts';
import type { Featurizer } from '../features/index.ts';
import { type LabelMatrix, selectLabelRows, stratifiedFolds } from '../labels/index.ts';
import type { ThreadOptions } from '../linear/index.ts';
import {
  type FittedReranker,
  fitNamedTags,
  fitReranker,
  type NamedTags,
  type Reranker,
  type TaggedFields,
} from '../rerank/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type Learner, learnersOf } from './further.ts';
import { type FitSettings, type FurtherSettings, needsFolds, type SecondStageSettings } from './settings.ts';

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

export interface FurtherFit {
  readonly settings: FurtherSettings;
  readonly featurizer: Featurizer | null;
  readonly fit: ClassifierFit;
}

export interface DecidedFit {
  readonly fit: ClassifierFit;
  /** Of the second stage's own classifiers those that are worth it, each with its features; null: those of the first. */
  readonly further: readonly FurtherFit[];
  /** Null where the settings ask for none. */
  readonly secondStage: Reranker | null;
  /** Null where the settings ask for none, or the questions have none. */
  readonly namedTags: NamedTags | null;
  readonly learned: LearnedDecision;
  /** Null where the settings ask for none. */
  readonly calibration: Calibration | null;
  /** Shape (questions, classes): what the decision was learned from; undefined where it was not. */
  readonly foldScores: Float64Array | undefined;
}

/** What a tagger learns from. */
export interface TrainingData {
  readonly classes: readonly string[];
  /** The earliest first. */
  readonly questions: readonly TaggedFields[];
  /** Shape (questions, columns). */
  readonly X: Csr;
  /** Shape (questions, classes). */
  readonly Y: LabelMatrix;
}

const AT_ZERO: Decision = { kind: 'fixed', threshold: 0, at_least_one: false, max_tags: null };

export interface DecidedFitOptions extends ThreadOptions {
  /** Of the same questions, features and settings. */
  readonly memory?: FoldMemory | undefined;
}

/** Fits one of the classifiers on some rows. */
type Fit = (settings: ClassifierSettings, X: Csr, Y: LabelMatrix) => Promise<ClassifierFit>;

/**
 * Fits the classifiers on all questions, and the rest by out-of-fold scores: each fold of the questions is scored by
 * classifiers with the same settings, fitted on the other folds. The folds share out the questions of every label. The
 * second stage learns from these scores; the decision and the calibration learn from what it makes of them, or from the
 * scores as they are where there is none. A further classifier that does not help the second stage is not fitted on all.
 *
 * @param options `onLabel` is told of the folds' labels too, up to `labelsToFit`. The memory has the folds of the first
 *   classifier, behind them those of the second, and so on.
 * @throws {RangeError} If there are fewer questions than folds, or the further classifiers' blocks cannot be fitted.
 */
export async function fitAndDecide(
  settings: FitSettings,
  data: TrainingData,
  { memory, ...options }: DecidedFitOptions,
): Promise<DecidedFit> {
  const { classes, questions, X, Y } = data;
  let before = 0;
  const fitNext: Fit = async (classifier, seenX, seenY) => {
    const onLabel = (done: number): void => options.onLabel?.(before + done);
    const fit = await fitClassifier(classifier, seenX, seenY, { ...options, onLabel });
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
  const learners = learnersOf(settings, questions, classes, X);
  const { kept, ...learned } = await learnFromFolds(settings, data, learners, fitNext, counting);
  before += (learners.length - kept.length) * Y.labels;
  const [first, ...further] = await inTurn(kept, async (learner) => ({
    settings: learner.settings,
    featurizer: learner.featurizer,
    fit: await fitNext(learner.settings, learner.X, Y),
  }));
  return { ...learned, fit: first!.fit, further };
}

async function inTurn<T, U>(items: readonly T[], act: (item: T, place: number) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (const [place, item] of items.entries()) results.push(await act(item, place));
  return results;
}

async function learnFromFolds(
  settings: FitSettings,
  { classes, questions, Y }: TrainingData,
  learners: readonly Learner[],
  fit: Fit,
  memory: FoldMemory | undefined,
): Promise<Omit<DecidedFit, 'fit' | 'further'> & { readonly kept: readonly Learner[] }> {
  const settled = decisionBySettings(settings.decision);
  if (!needsFolds(settings))
    return {
      secondStage: null,
      namedTags: null,
      learned: { decision: settled!, out_of_fold: null },
      calibration: null,
      foldScores: undefined,
      kept: learners,
    };
  const { folds, min_support, calibration: kind, latest } = settings.decision;
  const foldOf = stratifiedFolds(Y, folds);
  const scored = await inTurn(learners, async (learner, place): Promise<ScoredLearner> => {
    const fitFold = async (seenX: Csr, seenY: LabelMatrix) => {
      const { model } = await fit(learner.settings, seenX, seenY);
      return (heldX: Csr) => scoreClassifier(model, heldX);
    };
    const remembered = memory && memoryFrom(memory, place * folds);
    return { learner, scores: await outOfFoldScores(learner.X, Y, foldOf, folds, fitFold, remembered) };
  });
  const judge = (scores: Float64Array): Judged => {
    const late = lateRows(scores, Y, latest);
    const decision = settled ?? chooseDecision(settings.decision, late.scores, late.Y);
    return { late, decision, f1_micro: microF1(decision, late.scores, late.Y) };
  };
  const second =
    settings.second_stage &&
    chooseFurther(
      settings.second_stage,
      scored,
      (own) => fitReranker(settings.second_stage!, classes, questions, own, Y, foldOf, latest),
      judge,
    );
  const scores = second?.fitted.outOfFold ?? scored[0]!.scores;
  const { late, decision, f1_micro } = second?.judged ?? judge(scores);
  const namedTags =
    settings.second_stage?.named_tags === true
      ? fitNamedTags(
          settings.second_stage.C,
          classes,
          questions,
          decide(decision, scores, Y.rows, Y.labels),
          foldOf,
          latest,
        )
      : null;
  return {
    secondStage: second?.fitted.reranker ?? null,
    namedTags,
    learned: {
      decision,
      out_of_fold: { folds, f1_micro, f1_micro_at_zero: microF1(AT_ZERO, late.scores, late.Y) },
    },
    calibration: kind === null ? null : fitCalibration({ kind, min_support }, late.scores, late.Y),
    foldScores: scores,
    kept: second?.kept ?? learners.slice(0, 1),
  };
}

interface ScoredLearner {
  readonly learner: Learner;
  /** Out of fold, shape (questions, classes). */
  readonly scores: Float64Array;
}

/** What is decided by some out-of-fold scores, and what it reaches on the latest of them. */
interface Judged {
  readonly late: ReturnType<typeof lateRows>;
  readonly decision: Decision;
  readonly f1_micro: number;
}

interface ChosenSecond {
  readonly kept: readonly Learner[];
  readonly fitted: FittedReranker;
  readonly judged: Judged;
}

/** One after the other, each further classifier is kept if the second stage with it is better by `min_gain`. */
function chooseFurther(
  { min_gain }: SecondStageSettings,
  [first, ...further]: readonly ScoredLearner[],
  fit: (scores: readonly Float64Array[]) => FittedReranker,
  judge: (scores: Float64Array) => Judged,
): ChosenSecond {
  const fitWith = (some: readonly ScoredLearner[]): ChosenSecond => {
    const fitted = fit(some.map(({ scores }) => scores));
    return { kept: some.map(({ learner }) => learner), fitted, judged: judge(fitted.outOfFold) };
  };
  let chosen = [first!];
  let best = fitWith(chosen);
  for (const other of further) {
    const more = fitWith([...chosen, other]);
    if (more.judged.f1_micro < best.judged.f1_micro + min_gain) continue;
    chosen = [...chosen, other];
    best = more;
  }
  return best;
}

/** The folds from number `start` on. */
const memoryFrom = ({ scores, keep }: FoldMemory, start: number): FoldMemory => ({
  scores: (fold) => scores(start + fold),
  keep: (fold, part) => {
    keep(start + fold, part);
  },
});

/** Of the last `most` rows. */
function lateRows(
  scores: Float64Array,
  Y: LabelMatrix,
  most: number,
): { readonly scores: Float64Array; readonly Y: LabelMatrix } {
  if (most >= Y.rows) return { scores, Y };
  const first = Y.rows - most;
  const rows = Uint32Array.from({ length: most }, (_, i) => first + i);
  return { scores: scores.subarray(first * Y.labels), Y: selectLabelRows(Y, rows) };
}

/** Whether so many questions make the folds that there is something to learn from. */
export const canMakeFolds = (settings: FitSettings, questions: number): boolean =>
  !needsFolds(settings) || settings.decision.folds <= questions;

/** How many classifiers of one label `fitAndDecide` fits at most. */
export const labelsToFit = (settings: FitSettings, labels: number): number =>
  labels *
  (1 + (settings.second_stage?.classifiers.length ?? 0)) *
  (needsFolds(settings) ? settings.decision.folds + 1 : 1);
