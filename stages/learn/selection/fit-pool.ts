/**
 * Threads that fit classifiers on all folds but one, each fit whole in one thread.
 *
 * Data lie in memory that all threads share; the scores of a fold are handed over, not copied.
 *
 * @module
 */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ClassifierSettings } from '../classifier/index.ts';
import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { FoldFit } from './memory.ts';

/** What all fits have in common. */
export interface FitTask {
  readonly X: Csr;
  readonly Y: LabelMatrix;
  /** Length questions: each one's fold. */
  readonly foldOf: Uint32Array;
}

export interface FitJob {
  readonly candidate: number;
  readonly fold: number;
  readonly settings: ClassifierSettings;
}

/** From a thread. */
export interface FittedJob extends FoldFit {
  readonly candidate: number;
  readonly fold: number;
}

/**
 * Pulls a job whenever a thread is free for it, and tells of each that is done, in whatever order that happens.
 *
 * @param task In memory that threads share (`shareTask`), or each has a copy.
 * @param threads At least 1; not more are started than there are jobs.
 * @throws What a fit or `onFit` throws, or the reason of the abort; no thread is left then.
 *
 * A thread takes about 60 ms to start.
 */
export async function runFits(
  task: FitTask,
  threads: number,
  signal: AbortSignal | undefined,
  jobs: Iterator<FitJob, undefined>,
  onFit: (fitted: FittedJob) => void,
): Promise<void> {
  signal?.throwIfAborted();
  const workers: Worker[] = [];
  const over = new AbortController();
  const work = async (): Promise<void> => {
    let fit: Fit | undefined;
    for (let next = jobs.next(); next.done !== true; next = jobs.next()) {
      fit ??= startThread(task, workers);
      const fitted = await fit(next.value);
      if (over.signal.aborted) return;
      onFit(fitted);
    }
  };
  try {
    await Promise.race([Promise.all(Array.from({ length: threads }, work)), aborted(signal, over.signal)]);
  } finally {
    over.abort();
    await Promise.allSettled(workers.map((worker) => worker.terminate()));
  }
}

/** One job at a time. */
type Fit = (job: FitJob) => Promise<FittedJob>;

function startThread(task: FitTask, workers: Worker[]): Fit {
  const worker = new Worker(new URL('./fold-worker.ts', import.meta.url), { workerData: task });
  workers.push(worker);
  const ended = once(worker, 'exit').then(([code]: unknown[]) => {
    throw new Error(`A thread of the search ended with code ${String(code)}`);
  });
  return async (job) => {
    worker.postMessage(job);
    const [fitted] = (await Promise.race([once(worker, 'message'), ended])) as [FittedJob];
    return fitted;
  };
}

/** Rejects when the signal aborts; never settles where it does not before all is `over`. */
const aborted = (signal: AbortSignal | undefined, over: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const onAbort = (): void => {
      reject(signal!.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true, signal: over });
  });

/** The same, copied to memory that threads share. */
export function shareTask({ X, Y, foldOf }: FitTask): FitTask {
  const shareIntegers = (array: Uint32Array): Uint32Array => {
    const shared = new Uint32Array(new SharedArrayBuffer(array.byteLength));
    shared.set(array);
    return shared;
  };
  const values = new Float64Array(new SharedArrayBuffer(X.values.byteLength));
  values.set(X.values);
  return {
    X: { ...X, indptr: shareIntegers(X.indptr), indices: shareIntegers(X.indices), values },
    Y: { ...Y, indptr: shareIntegers(Y.indptr), indices: shareIntegers(Y.indices) },
    foldOf: shareIntegers(foldOf),
  };
}
