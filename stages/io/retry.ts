/**
 * Trying again what may succeed later: with growing, random delays, and never sooner than the other side wishes.
 *
 * Delays double up to a limit. Half of each is certain, half is chance ("equal jitter": Marc Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015), so that many clients that failed together do not come back
 * together.
 *
 * @module
 */

import type { Clock } from './clock.ts';

export interface RetryPolicy {
  /** In all, at least 1. */
  readonly attempts: number;
  /** Before the second attempt, at most. */
  readonly firstDelayMs: number;
  /** Delays grow up to it. */
  readonly longestDelayMs: number;
  /** Who asks for a longer wait is not waited for. */
  readonly longestWaitMs: number;
}

export interface RetryPorts {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | {
      readonly kind: 'again';
      readonly why: string;
      /** The other side wishes to be left alone for so long. */
      readonly waitMs: number | undefined;
    };

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | {
      readonly kind: 'gave-up';
      readonly attempts: number;
      /** Of the last attempt. */
      readonly why: string;
      readonly waitMs: number | undefined;
    };

/** Milliseconds before the next attempt after so many failures (1 or more), without a wish of the other side. */
export function retryDelayMs(failures: number, policy: RetryPolicy, random: () => number): number {
  const delayMs = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (failures - 1));
  return delayMs / 2 + (delayMs / 2) * random();
}

/**
 * Tries until it is done, the attempts are used up, or a longer wait is wished for than the policy allows.
 *
 * @param onRetry Called before each wait.
 */
export async function withRetries<T>(
  attempt: () => Promise<Attempt<T>>,
  policy: RetryPolicy,
  { clock, random }: RetryPorts,
  {
    signal,
    onRetry,
  }: {
    readonly signal?: AbortSignal;
    readonly onRetry?: (why: string, delayMs: number) => void;
  } = {},
): Promise<Outcome<T>> {
  for (let attempts = 1; ; attempts++) {
    const tried = await attempt();
    if (tried.kind === 'done') return tried;
    const { why, waitMs } = tried;
    if (attempts >= policy.attempts || (waitMs ?? 0) > policy.longestWaitMs) {
      return { kind: 'gave-up', attempts, why, waitMs };
    }
    const delayMs = Math.max(waitMs ?? 0, retryDelayMs(attempts, policy, random));
    onRetry?.(why, delayMs);
    await clock.sleep(delayMs, signal);
  }
}
