/**
 * A thread of `fitLinearSvcOnThreads`: takes the next block that nobody has taken until there is none.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads';
import { blockFitter, type SvcSolution } from './fit-block.ts';
import { countBlocks, type SvcProblem } from './svc-problem.ts';

/** In memory that all threads share. */
export interface SvcTask {
  readonly problem: SvcProblem;
  readonly solution: SvcSolution;
  /** Length 1: how many blocks are taken. */
  readonly taken: Int32Array;
}

export interface SvcThread extends SvcTask {
  readonly seat: number;
}

const { problem, solution, taken, seat } = workerData as SvcThread;
const fitBlock = blockFitter(problem, solution, seat);
for (;;) {
  const block = Atomics.add(taken, 0, 1);
  if (block >= countBlocks(problem)) break;
  parentPort!.postMessage(fitBlock(block));
}
