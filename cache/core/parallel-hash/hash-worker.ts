/**
 * A thread that takes part in hashing a batch. It ends with the batch.
 *
 * @module
 */

import { workerData } from 'node:worker_threads';
import { type SharedBatch, takePart } from './shared-batch.ts';

takePart(workerData as SharedBatch);
