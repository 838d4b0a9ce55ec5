/**
 * What a search that was cut short need not do again.
 *
 * @module
 */

import type { TrialScores } from './trial.ts';

/** Of the same search only: same data, settings, sampler and folds. Candidates and folds are numbered from 0. */
export interface SearchMemory {
  readonly fit: (candidate: number, fold: number) => FoldFit | undefined;
  readonly keepFit: (candidate: number, fold: number, fit: FoldFit) => void;
  readonly trial: (candidate: number) => TrialScores | undefined;
  /** The candidate's fits are not asked for any more. */
  readonly keepTrial: (candidate: number, scores: TrialScores) => void;
}

/** A fold as scored by a classifier fitted on the others. */
export interface FoldFit {
  /** Shape (questions of the fold, labels), questions ascending. */
  readonly scores: Float64Array;
  /** Labels whose fit stopped before it was within `tol`. */
  readonly unconverged: number;
}
