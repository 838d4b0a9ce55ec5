/**
 * Rounds, one after the other, as changes ask for them. What happens when is decided by `nextStep`.
 *
 * @module
 */

import type { Clock } from '../core/index.ts';
import { firstStep, nextStep, type WatchEvent, type WatchState, type WatchStep } from './watch-loop.ts';

export interface RoundsOptions {
  readonly clock: Clock;
  /** Lasts as long as the round, also one whose signal is aborted. */
  readonly runRound: (signal: AbortSignal, because: readonly string[]) => Promise<void>;
  /** Called when there is nothing to do. */
  readonly onWait: () => void;
}

export interface Rounds {
  readonly changed: (path: string) => void;
  readonly interrupt: () => void;
  /** Something went wrong for good: the round that runs is cancelled, no other one is started. */
  readonly fail: (error: unknown) => void;
  /** Resolves when it was interrupted, rejects with what went wrong; nothing runs any more in both cases. */
  readonly ended: Promise<{ readonly wasRunning: boolean }>;
}

/** Starts with a round. */
export function runRounds({ clock, runRound, onWait }: RoundsOptions): Rounds {
  let state: WatchState = firstStep.state;
  let round = new AbortController();
  const { promise: ended, resolve, reject } = deferred<{ readonly wasRunning: boolean }>();
  const feed = (event: WatchEvent): void => {
    take(nextStep(state, event));
  };
  const start = (because: readonly string[]): void => {
    round = new AbortController();
    runRound(round.signal, because).then(() => {
      feed({ kind: 'round-ended', atMs: clock.nowMs() });
    }, reject);
  };
  let failure: { readonly error: unknown } | undefined;
  const wake = async (atMs: number): Promise<void> => {
    await clock.sleep(Math.max(0, atMs - clock.nowMs()));
    feed({ kind: 'woken', atMs: clock.nowMs() });
  };
  const take = (step: WatchStep): void => {
    state = step.state;
    for (const action of step.actions) {
      switch (action.kind) {
        case 'start':
          start(action.because);
          break;
        case 'cancel':
          round.abort();
          break;
        case 'wait':
          onWait();
          break;
        case 'wake':
          void wake(action.atMs);
          break;
        case 'end':
          if (failure === undefined) resolve({ wasRunning: action.wasRunning });
          else reject(failure.error);
          break;
      }
    }
  };
  take(firstStep);
  return {
    changed: (path) => {
      feed({ kind: 'changed', path, atMs: clock.nowMs() });
    },
    interrupt: () => {
      feed({ kind: 'interrupted' });
    },
    fail: (error) => {
      failure ??= { error };
      feed({ kind: 'interrupted' });
    },
    ended,
  };
}

function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let settle: { readonly resolve: (value: T) => void; readonly reject: (error: unknown) => void };
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle! };
}
