/**
 * Blocks of labels fitted one after the other, or spread over threads: to the same bits.
 *
 * A block of labels is fitted whole by one thread, each label from numbers that depend on nothing but its rows: which
 * thread takes it, and when, changes nothing. Data and solution lie in shared memory; no thread copies them.
 *
 * @module
 */

import { Worker } from 'node:worker_threads';
import { blockFitter, type LinearProblem } from './block-fitter.ts';
import { allocateSolution, countBlocks, toFit } from './block-problem.ts';
import { type Allocate, allocateShared, countLabels } from './label-rows.ts';
import type { LinearFit } from './linear-model.ts';
import type { BlockTask, BlockThread } from './worker.ts';

export interface ThreadOptions {
  /** At least 1; more than there are blocks of labels are not started. 1 fits in the caller's thread. */
  readonly threads: number;
  /** Ends the threads and rejects with its reason. Heard between blocks only where one thread is enough. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each label how many are done. */
  readonly onLabel?: ((done: number) => void) | undefined;
}

/** All blocks in the caller's thread. */
export function fitBlocks(
  problem: LinearProblem,
  allocate: Allocate,
  onLabel: (done: number) => void,
): LinearFit {
  const solution = allocateSolution(problem, allocate);
  let done = 0;
  const tell = (labels: number): void => {
    for (let k = 0; k < labels; k++) onLabel(++done);
  };
  tell(countLabels(problem) - problem.queue.length);
  if (problem.queue.length > 0) {
    const fitBlock = blockFitter(problem, solution, 0);
    for (let block = 0; block < countBlocks(problem); block++) tell(fitBlock(block));
  }
  return toFit(problem, solution);
}

/** One thread for each seat of the problem, which lies in shared memory. */
export async function fitBlocksOnThreads(
  problem: LinearProblem,
  { signal, onLabel = () => undefined }: ThreadOptions,
): Promise<LinearFit> {
  if (problem.seats.length <= 1) {
    return fitBlocks(problem, allocateShared, (done) => {
      signal?.throwIfAborted();
      onLabel(done);
    });
  }
  const solution = allocateSolution(problem, allocateShared);
  let done = 0;
  const tell = (labels: number): void => {
    for (let k = 0; k < labels; k++) onLabel(++done);
  };
  tell(countLabels(problem) - problem.queue.length);
  await work({ problem, solution, taken: new Int32Array(allocateShared(4)) }, signal, tell);
  return toFit(problem, solution);
}

/** Resolves when all threads have ended; the first error ends the others. */
async function work(
  task: BlockTask,
  signal: AbortSignal | undefined,
  tell: (labels: number) => void,
): Promise<void> {
  const workers = task.problem.seats.map((_, seat) => {
    const workerData: BlockThread = { ...task, seat };
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  });
  const ends = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on('message', tell);
        worker.on('error', reject);
        worker.on('exit', (code) => {
          if (code === 0) resolve();
          else reject(new Error(`A thread of the fit ended with code ${code}`));
        });
      }),
  );
  const over = new AbortController();
  try {
    await Promise.race([Promise.all(ends), rejectOnAbort(signal, over.signal)]);
  } finally {
    over.abort();
    await Promise.allSettled(workers.map((worker) => worker.terminate()));
  }
}

/** Never settles where nothing aborts before it is `over`. */
const rejectOnAbort = (signal: AbortSignal | undefined, over: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const onAbort = (): void => {
      reject(signal!.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true, signal: over });
  });
