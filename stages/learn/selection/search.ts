/**
 * Candidates tried by cross-validation: each is fitted on all folds but one, and scored on that one, for every fold.
 *
 * @see scikit-learn 1.9.1, model_selection/_search.py, `RandomizedSearchCV`.
 * @module
 */

import type { ClassifierSettings } from '../classifier/index.ts';
import { putFoldScores } from '../decision/index.ts';
import { type LabelMatrix, stratifiedFolds } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type FitJob, type FitTask, type FittedJob, runFits, shareTask } from './fit-pool.ts';
import type { SearchMemory } from './memory.ts';
import type { Sampler } from './sampler.ts';
import { scoreTrial, type ThresholdRule } from './score-trial.ts';
import type { Candidate } from './space.ts';
import type { Trial, TrialScores } from './trial.ts';

export interface SearchSettings {
  readonly sampler: Sampler;
  /** A candidate's settings take the place of those of the same name. */
  readonly base: ClassifierSettings;
  /** From 2 to the number of questions; stratified by labels. */
  readonly folds: number;
  readonly threshold: ThresholdRule;
}

export interface SearchOptions {
  /** At least 1; the result does not depend on it. */
  readonly threads: number;
  /** Ends the threads, and rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly memory?: SearchMemory | undefined;
  /** Told how many fits are done, remembered ones among them. */
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
  { sampler, base, folds, threshold }: SearchSettings,
  X: Csr,
  Y: LabelMatrix,
  { threads, signal, memory, onFit = () => undefined }: SearchOptions,
): Promise<readonly Trial[]> {
  const foldOf = stratifiedFolds(Y, folds);
  const task = shareTask({ X, Y, foldOf });
  const score = (scores: Float64Array) => scoreTrial(scores, Y, foldOf, folds, threshold);
  let done = 0;
  const count = (): void => {
    onFit(++done);
  };
  const trials: Trial[] = [];
  for (;;) {
    const batch = sampler.suggest(trials);
    if (batch.length === 0) return trials;
    const first = trials.length;
    const trying = { task, base, folds, first, score, memory, count };
    const run = (jobs: Jobs, take: (fitted: FittedJob) => void) => runFits(task, threads, signal, jobs, take);
    trials.push(...(await tryBatch(batch, trying, run)));
  }
}

type Jobs = Generator<FitJob, undefined>;

interface Trying {
  readonly task: FitTask;
  readonly base: ClassifierSettings;
  readonly folds: number;
  /** The number of the batch's first candidate. */
  readonly first: number;
  readonly score: (scores: Float64Array) => Omit<TrialScores, 'unconverged'>;
  readonly memory: SearchMemory | undefined;
  /** One more fit is done. */
  readonly count: () => void;
}

/** A candidate of which some folds are fitted. */
interface OpenTrial {
  /** Shape (questions, labels). */
  readonly scores: Float64Array;
  folds: number;
  unconverged: number;
}

async function tryBatch(
  batch: readonly Candidate[],
  { task, base, folds, first, score, memory, count }: Trying,
  run: (jobs: Jobs, take: (fitted: FittedJob) => void) => Promise<void>,
): Promise<readonly Trial[]> {
  const { Y, foldOf } = task;
  const found = new Map<number, TrialScores>();
  const open = new Map<number, OpenTrial>();
  const take = ({ candidate, fold, scores, unconverged }: FittedJob): void => {
    const trial = open.get(candidate)!;
    putFoldScores(trial.scores, foldOf, fold, scores);
    trial.unconverged += unconverged;
    trial.folds++;
    count();
    if (trial.folds < folds) return;
    open.delete(candidate);
    const result = { ...score(trial.scores), unconverged: trial.unconverged };
    found.set(candidate, result);
    memory?.keepTrial(candidate, result);
  };
  /** Those that nobody remembers. */
  function* jobs(): Jobs {
    for (const [i, values] of batch.entries()) {
      const candidate = first + i;
      const remembered = memory?.trial(candidate);
      if (remembered !== undefined) {
        found.set(candidate, remembered);
        for (let fold = 0; fold < folds; fold++) count();
        continue;
      }
      open.set(candidate, { scores: new Float64Array(Y.rows * Y.labels), folds: 0, unconverged: 0 });
      for (let fold = 0; fold < folds; fold++) {
        const fit = memory?.fit(candidate, fold);
        if (fit === undefined)
          yield { candidate, fold, settings: { ...base, ...values } as ClassifierSettings };
        else take({ candidate, fold, ...fit });
      }
    }
  }
  await run(jobs(), (fitted) => {
    memory?.keepFit(fitted.candidate, fitted.fold, fitted);
    take(fitted);
  });
  return batch.map((candidate, i) => ({ candidate, scores: found.get(first + i)! }));
}
