/**
 * Candidates tried by cross-validation: each is fitted on all folds but one, and scored on that one, for every fold.
 *
 * @see scikit-learn 1.9.1, model_selection/_search.py, `RandomizedSearchCV`.
 * @module
 */

import type { ClassifierSettings } from '../classifier/index.ts';
import { type LabelMatrix, stratifiedFolds } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { runFits, shareTask } from './fit-pool.ts';
import type { SearchMemory } from './memory.ts';
import type { Pruner } from './pruner.ts';
import type { Sampler } from './sampler.ts';
import { scoreTrial, type ThresholdRule } from './score-trial.ts';
import type { Metric, Trial } from './trial.ts';
import { type RunJobs, tryBatch } from './try-batch.ts';

export interface SearchSettings {
  readonly sampler: Sampler;
  /** A candidate's settings take the place of those of the same name. */
  readonly base: ClassifierSettings;
  /** From 2 to the number of questions; stratified by labels. */
  readonly folds: number;
  readonly threshold: ThresholdRule;
  /** Undefined: every candidate is scored on all folds. */
  readonly pruner?: { readonly prune: Pruner; readonly metric: Metric } | undefined;
}

export interface SearchOptions {
  /** At least 1; the result does not depend on it. */
  readonly threads: number;
  /** Ends the threads, and rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly memory?: SearchMemory | undefined;
  /** Told how many fits are done, those remembered and those that a pruner saves among them. */
  readonly onFit?: ((done: number) => void) | undefined;
}

/**
 * The same bits for any number of threads, and with whatever part of it remembered.
 *
 * The features are taken as they are: where their vocabulary and idf come from all rows, a fold's questions (not their
 * tags) have had a part in those.
 *
 * @param X Shape (questions, features).
 * @param Y Shape (questions, labels).
 * @returns In the order of the suggestions.
 * @throws {RangeError} If there are fewer questions than folds, or a candidate's settings are out of their range.
 *
 * Memory: X and Y, for each thread a selection of X and one classifier, for each candidate at work its scores.
 */
export async function search(
  { sampler, base, folds, threshold, pruner }: SearchSettings,
  X: Csr,
  Y: LabelMatrix,
  { threads, signal, memory, onFit = () => undefined }: SearchOptions,
): Promise<readonly Trial[]> {
  const foldOf = stratifiedFolds(Y, folds);
  const task = shareTask({ X, Y, foldOf });
  const score = (scores: Float64Array, scored: number) => scoreTrial(scores, Y, foldOf, scored, threshold);
  let done = 0;
  const count = (fits: number): void => {
    done += fits;
    onFit(done);
  };
  const run: RunJobs = (jobs, take) => runFits(task, threads, signal, jobs, take);
  const trials: Trial[] = [];
  for (;;) {
    const batch = sampler.suggest(trials);
    if (batch.length === 0) return trials;
    trials.push(
      ...(await tryBatch(batch, { task, base, folds, before: trials, pruner, score, memory, count, run })),
    );
  }
}
