/**
 * A thread of `fitBlocksOnThreads`: takes the next block that nobody has taken until there is none.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads';
import { blockFitter, type LinearProblem } from './block-fitter.ts';
import { countBlocks, type Solution } from './block-problem.ts';

/** In memory that all threads share. */
export interface BlockTask {
  readonly problem: LinearProblem;
  readonly solution: Solution;
  /** Length 1: how many blocks are taken. */
  readonly taken: Int32Array;
}

export interface BlockThread extends BlockTask {
  readonly seat: number;
}

const { problem, solution, taken, seat } = workerData as BlockThread;
const fitBlock = blockFitter(problem, solution, seat);
for (;;) {
  const block = Atomics.add(taken, 0, 1);
  if (block >= countBlocks(problem)) break;
  parentPort!.postMessage(fitBlock(block));
}
