/**
 * Tells a tracker what is queued, as long as there is time and it listens. Nothing that goes wrong here is an error of
 * the run: it is logged, and what was not told stays in the queue.
 *
 * @module
 */

import { type Queued, readQueue } from './queue.ts';
import { type Tracker, TrackerFailure } from './tracker.ts';

export interface Delivery {
  readonly told: number;
  /** Still in the queue. */
  readonly waiting: number;
}

export interface DeliveryLimits {
  /** Milliseconds for all of it. */
  readonly budgetMs: number;
  readonly signal?: AbortSignal;
}

/** @throws The reason of `limits.signal`, once it is aborted; nothing else. */
export async function deliver(
  home: string,
  tracker: Tracker,
  log: (message: string) => void,
  { budgetMs, signal }: DeliveryLimits,
): Promise<Delivery> {
  const queued = readQueue(home);
  const late = AbortSignal.timeout(budgetMs);
  const limit = signal === undefined ? late : AbortSignal.any([signal, late]);
  let told = 0;
  for (const each of queued) {
    const outcome = await tellOne(each, tracker, log, limit);
    signal?.throwIfAborted();
    if (outcome === 'told') told++;
    if (outcome === 'no-use') break;
  }
  const waiting = queued.length - told;
  if (late.aborted)
    log(`Tracking took longer than ${budgetMs / 1000} s: ${waiting} of it waits for the next run`);
  return { told, waiting };
}

async function tellOne(
  { message, remove }: Queued,
  tracker: Tracker,
  log: (message: string) => void,
  limit: AbortSignal,
): Promise<'told' | 'refused' | 'no-use'> {
  try {
    await tracker.tell(message, limit);
  } catch (error) {
    if (limit.aborted) return 'no-use';
    if (!(error instanceof TrackerFailure)) throw error;
    log(`${error.message}: it waits in the queue`);
    return error.kind === 'unavailable' ? 'no-use' : 'refused';
  }
  remove();
  return 'told';
}
