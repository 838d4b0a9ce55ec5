/**
 * The fit of `fitLinearSvc` spread over threads, to the same bits.
 *
 * A block of labels is fitted whole by one thread, each label from numbers that depend on nothing but its rows: which
 * thread takes it, and when, changes nothing. Data and solution lie in shared memory; no thread copies them.
 *
 * @module
 */

import { Worker } from 'node:worker_threads';
import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { allocateSolution } from './fit-block.ts';
import type { LinearFit } from './linear-model.ts';
import { fitBlocks, toFit } from './linear-svc.ts';
import type { LinearSvcParams } from './params.ts';
import { allocateShared, prepareSvc } from './svc-problem.ts';
import type { SvcTask, SvcThread } from './worker.ts';

export interface ThreadOptions {
  /** At least 1; more than there are blocks of four labels are not started. 1 fits in the caller's thread. */
  readonly threads: number;
  /** Ends the threads and rejects with its reason. Heard between blocks only where one thread is enough. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each label how many are done. */
  readonly onLabel?: ((done: number) => void) | undefined;
}

/**
 * @param X Shape (n, features), n >= 1.
 * @param Y Shape (n, labels).
 * @throws {RangeError} As `fitLinearSvc`.
 *
 * A thread takes about 30 ms to start.
 */
export async function fitLinearSvcOnThreads(
  params: LinearSvcParams,
  X: Csr,
  Y: LabelMatrix,
  { threads, signal, onLabel = () => undefined }: ThreadOptions,
): Promise<LinearFit> {
  signal?.throwIfAborted();
  const problem = prepareSvc(params, X, Y, threads, allocateShared);
  const solution = allocateSolution(problem, allocateShared);
  if (problem.seats.length <= 1) {
    fitBlocks(problem, solution, (done) => {
      signal?.throwIfAborted();
      onLabel(done);
    });
  } else {
    let done = 0;
    const tell = (labels: number): void => {
      for (let k = 0; k < labels; k++) onLabel(++done);
    };
    tell(Y.labels - problem.queue.length);
    await work({ problem, solution, taken: new Int32Array(allocateShared(4)) }, signal, tell);
  }
  return toFit(problem, solution);
}

/** Resolves when all threads have ended; the first error ends the others. */
async function work(
  task: SvcTask,
  signal: AbortSignal | undefined,
  tell: (labels: number) => void,
): Promise<void> {
  const workers = task.problem.seats.map((_, seat) => {
    const workerData: SvcThread = { ...task, seat };
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
