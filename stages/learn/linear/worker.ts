/**
 * A thread of `fitLinearSvcOnThreads`: takes the next label that nobody has taken until there is none.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads';
import { labelFitter, type SvcSolution } from './fit-label.ts';
import { countLabels, type SvcProblem } from './svc-problem.ts';

/** In memory that all threads share. */
export interface SvcTask {
  readonly problem: SvcProblem;
  readonly solution: SvcSolution;
  /** Length labels: the order in which labels are taken. */
  readonly queue: Uint32Array;
  /** Length 1: how many are taken. */
  readonly taken: Int32Array;
}

const { problem, solution, queue, taken } = workerData as SvcTask;
const fitLabel = labelFitter(problem, solution);
for (;;) {
  const at = Atomics.add(taken, 0, 1);
  if (at >= countLabels(problem)) break;
  fitLabel(queue[at]!);
  parentPort!.postMessage('fitted');
}
