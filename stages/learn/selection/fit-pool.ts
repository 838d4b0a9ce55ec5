/**
 * Threads that fit classifiers on all folds but one, each fit whole in one thread.
 *
 * Data lie in memory that all threads share; the scores of a fold are handed over, not copied.
 *
 * @module
 */

import { Worker } from 'node:worker_threads';
import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { ClassifierSettings } from '../tagger/index.ts';
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
  const workers: Worker[] = [];
  const over = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      let busy = 0;
      const attempt = (step: () => void): void => {
        try {
          step();
        } catch (error) {
          reject(error);
        }
      };
      const feed = (worker: Worker | undefined): void => {
        const { value: job, done } = jobs.next();
        if (done !== true) {
          busy++;
          (worker ?? start()).postMessage(job);
        } else if (busy === 0) resolve();
      };
      const start = (): Worker => {
        const worker = new Worker(new URL('./fold-worker.ts', import.meta.url), { workerData: task });
        workers.push(worker);
        worker.on('error', reject);
        worker.on('exit', (code) => {
          reject(new Error(`A thread of the search ended with code ${code}`));
        });
        return worker.on('message', (fitted: FittedJob) => {
          busy--;
          attempt(() => {
            onFit(fitted);
            feed(worker);
          });
        });
      };
      const abort = (): void => {
        reject(signal!.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true, signal: over.signal });
      attempt(() => {
        signal?.throwIfAborted();
        for (let i = 0; i < threads; i++) feed(undefined);
      });
    });
  } finally {
    over.abort();
    await Promise.allSettled(workers.map((worker) => worker.terminate()));
  }
}

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
