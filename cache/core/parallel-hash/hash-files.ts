/**
 * Hashes of many files, on all cores when there is much to read.
 *
 * @module
 */

import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { FileHash, HashRequest } from '../file-system.ts';
import { hashFile } from '../hash-file.ts';
import { createBatch, resultOf, type SharedBatch, takePart, waitForOthers } from './shared-batch.ts';

const load = createRequire(import.meta.url);

/** What one core needs, measured: 700 MB/s, and 45 microseconds to open and close a file. */
const BYTES_PER_MS = 700_000;
const MS_PER_FILE = 0.045;
/** From here on (64 MiB, or 2,000 files) a thread earns back the 30 ms of CPU that starting it costs. */
const WORTH_A_THREAD_MS = 90;
/** A thread that reads nothing for so long is taken for dead. */
const PATIENCE_MS = 10_000;

/** In the order of the requests. @throws The error of the first file that cannot be read. */
export function hashFiles(files: readonly HashRequest[]): readonly FileHash[] {
  const threads = threadsFor(files);
  if (threads === 0) return files.map((file) => hashFile(file.path));
  // The largest first, so that none is left alone at the end.
  const order = files.map((_, i) => i).sort((a, b) => files[b]!.sizeBytes - files[a]!.sizeBytes);
  const batch = createBatch(order.map((i) => files[i]!.path));
  for (let i = 0; i < threads; i++) startThread(batch);
  takePart(batch);
  waitForOthers(batch, PATIENCE_MS);
  const hashes = new Array<FileHash>(files.length);
  order.forEach((fileIndex, batchIndex) => {
    hashes[fileIndex] = resultOf(batch, batchIndex) ?? hashFile(files[fileIndex]!.path);
  });
  return hashes;
}

/** How many threads help the main one. */
function threadsFor(files: readonly HashRequest[]): number {
  if (files.length < 2) return 0;
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const workMs = bytes / BYTES_PER_MS + files.length * MS_PER_FILE;
  if (workMs < WORTH_A_THREAD_MS) return 0;
  return Math.min(availableParallelism() - 1, files.length - 1, Math.floor(workMs / (WORTH_A_THREAD_MS / 2)));
}

/** Without help the work gets done too: what fails here is not reported. */
function startThread(batch: SharedBatch): void {
  const { Worker } = load('node:worker_threads') as typeof import('node:worker_threads');
  try {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), {
      workerData: batch,
      execArgv: [],
    });
    worker.on('error', () => undefined);
    worker.unref();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
