/**
 * A thread of a search: fits one fold after the other as it is told.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads';
import { fitClassifier, scoreClassifier } from '../classifier/index.ts';
import { scoreFold } from '../decision/index.ts';
import type { FitJob, FitTask, FittedJob } from './fit-pool.ts';

const { X, Y, foldOf } = workerData as FitTask;

parentPort!.on('message', (job: FitJob) => {
  void fit(job);
});

async function fit({ candidate, fold, settings }: FitJob): Promise<void> {
  let unconverged = 0;
  const scores = await scoreFold(X, Y, foldOf, fold, async (seenX, seenY) => {
    const fitted = await fitClassifier(settings, seenX, seenY, { threads: 1 });
    unconverged = fitted.unconverged.length;
    return (heldX) => scoreClassifier(fitted.model, heldX);
  });
  const fitted: FittedJob = { candidate, fold, scores, unconverged };
  parentPort!.postMessage(fitted, [scores.buffer as ArrayBuffer]);
}
