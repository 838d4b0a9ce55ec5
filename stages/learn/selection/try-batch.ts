/**
 * A batch of candidates, tried fold by fold where a pruner may give some up, else all folds at once.
 *
 * @module
 */

import type { ClassifierSettings } from '../classifier/index.ts';
import { putFoldScores } from '../decision/index.ts';
import type { FitJob, FitTask, FittedJob } from './fit-pool.ts';
import type { SearchMemory } from './memory.ts';
import type { Pruner } from './pruner.ts';
import type { FoldScores } from './score-trial.ts';
import type { Candidate } from './space.ts';
import { type Metric, type Trial, type TrialScores, valueOf } from './trial.ts';

export type RunJobs = (
  jobs: Generator<FitJob, undefined>,
  take: (fitted: FittedJob) => void,
) => Promise<void>;

export interface Trying {
  readonly task: FitTask;
  readonly base: ClassifierSettings;
  readonly folds: number;
  /** The trials of the batches before, in order. */
  readonly before: readonly Trial[];
  readonly pruner: { readonly prune: Pruner; readonly metric: Metric } | undefined;
  /** @param scores Shape (questions, labels). @param scored The first so many folds count. */
  readonly score: (scores: Float64Array, scored: number) => FoldScores;
  readonly memory: SearchMemory | undefined;
  /** So many more fits are done, or need not be. */
  readonly count: (fits: number) => void;
  readonly run: RunJobs;
}

/** A candidate of which some folds are fitted. */
interface OpenTrial {
  /** Shape (questions, labels). */
  readonly scores: Float64Array;
  readonly rungs: number[];
  folds: number;
  unconverged: number;
}

/** @returns In the order of the batch. */
export async function tryBatch(batch: readonly Candidate[], trying: Trying): Promise<readonly Trial[]> {
  const { task, folds, before, pruner, score, memory, count } = trying;
  const first = before.length;
  const found = new Map<number, TrialScores>();
  const open = new Map<number, OpenTrial>();
  batch.forEach((_, i) => {
    const remembered = memory?.trial(first + i);
    if (remembered === undefined) {
      const scores = new Float64Array(task.Y.rows * task.Y.labels);
      open.set(first + i, { scores, rungs: [], folds: 0, unconverged: 0 });
      return;
    }
    found.set(first + i, remembered);
    count(folds);
  });
  const close = (candidate: number, trial: OpenTrial, pruned: boolean): void => {
    const { unconverged, rungs } = trial;
    const result: TrialScores = { ...score(trial.scores, trial.folds), unconverged, rungs, pruned };
    open.delete(candidate);
    found.set(candidate, result);
    memory?.keepTrial(candidate, result);
  };
  const onFold = (candidate: number, trial: OpenTrial): void => {
    if (pruner === undefined && trial.folds === folds) close(candidate, trial, false);
  };
  if (pruner === undefined) {
    await fitFolds(batch, trying, open, [0, folds], onFold);
  } else {
    for (let rung = 1; rung <= folds; rung++) {
      await fitFolds(batch, trying, open, [rung - 1, rung], onFold);
      for (const trial of open.values()) trial.rungs.push(valueOf(score(trial.scores, rung), pruner.metric));
      const here = [...open.values(), ...found.values()].flatMap(({ rungs }) => rungs[rung - 1] ?? []);
      const judged = [...open].map(([candidate, trial]) => {
        const at = { rung, own: trial.rungs, batch: here, before: before.map(({ scores }) => scores) };
        return { candidate, trial, isPruned: rung < folds && pruner.prune(at) };
      });
      for (const { candidate, trial, isPruned } of judged) {
        if (isPruned) count(folds - rung);
        if (isPruned || rung === folds) close(candidate, trial, isPruned);
      }
    }
  }
  return batch.map((candidate, i) => ({ candidate, scores: found.get(first + i)! }));
}

/** Fits some folds of all open trials, but for what is remembered. */
async function fitFolds(
  batch: readonly Candidate[],
  { task, base, before, memory, count, run }: Trying,
  open: ReadonlyMap<number, OpenTrial>,
  [from, to]: readonly [number, number],
  onFold: (candidate: number, trial: OpenTrial) => void,
): Promise<void> {
  const take = ({ candidate, fold, scores, unconverged }: FittedJob): void => {
    const trial = open.get(candidate)!;
    putFoldScores(trial.scores, task.foldOf, fold, scores);
    trial.unconverged += unconverged;
    trial.folds++;
    count(1);
    onFold(candidate, trial);
  };
  function* jobs(): Generator<FitJob, undefined> {
    for (const candidate of [...open.keys()]) {
      const settings = { ...base, ...batch[candidate - before.length]! };
      for (let fold = from; fold < to; fold++) {
        const fit = memory?.fit(candidate, fold);
        if (fit === undefined) yield { candidate, fold, settings };
        else take({ candidate, fold, ...fit });
      }
    }
  }
  await run(jobs(), (fitted) => {
    memory?.keepFit(fitted.candidate, fitted.fold, fitted);
    take(fitted);
  });
}
