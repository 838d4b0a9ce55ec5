/**
 * The fit of `fitLinearSvc` spread over threads, to the same bits.
 *
 * A label is fitted whole by one thread, from numbers that depend on nothing but the label's rows: which thread takes
 * it, and when, changes nothing. Data and solution lie in shared memory; no thread copies them.
 *
 * @module
 */

import { Worker } from 'node:worker_threads';
import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import { allocateSolution } from './fit-label.ts';
import { fitLinearSvc, type LinearFit, toFit } from './linear-svc.ts';
import type { LinearSvcParams } from './params.ts';
import { allocateShared, prepareSvc, type SvcProblem } from './svc-problem.ts';
import type { SvcTask } from './worker.ts';

export interface ThreadOptions {
  /** At least 1; more than there are labels are not started. 1 fits in the caller's thread. */
  readonly threads: number;
  /** Ends the threads and rejects with its reason. Heard between labels only where `threads` is 1. */
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
  const wanted = Math.min(threads, Y.labels);
  if (wanted <= 1) {
    return fitLinearSvc(params, X, Y, (done) => {
      signal?.throwIfAborted();
      onLabel(done);
    });
  }
  const problem = prepareSvc(params, X, Y, allocateShared);
  const solution = allocateSolution(problem, allocateShared);
  const taken = new Int32Array(allocateShared(4));
  await work({ problem, solution, queue: longestFirst(problem, Y.labels), taken }, wanted, signal, onLabel);
  return toFit(problem, solution);
}

/** Labels with more rows take longer: started first, they leave no thread waiting for the last of them. */
function longestFirst({ starts }: SvcProblem, labels: number): Uint32Array {
  const rowsOf = (label: number): number => starts[label + 1]! - starts[label]!;
  const queue = new Uint32Array(allocateShared(4 * labels));
  for (let label = 0; label < labels; label++) queue[label] = label;
  return queue.sort((a, b) => rowsOf(b) - rowsOf(a) || a - b);
}

/** Resolves when all threads have ended; the first error ends the others. */
async function work(
  task: SvcTask,
  threads: number,
  signal: AbortSignal | undefined,
  onLabel: (done: number) => void,
): Promise<void> {
  let done = 0;
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: task }),
  );
  const ends = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on('message', () => {
          onLabel(++done);
        });
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
