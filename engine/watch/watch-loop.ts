/**
 * When a round starts, is cancelled, or waited for: the states of `repro --watch`. Pure: events in, actions out.
 *
 * No change is lost: one that comes while a round runs makes that round stale. It is cancelled, and after it has ended
 * and things have been quiet for a while another one starts. So after the last change there is always a round that
 * started later.
 *
 * @module
 */

/** How long nothing may change before a round starts: a burst of changes is one. */
export const QUIET_MS = 100;

export type WatchState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'settling'; readonly burst: Burst }
  | { readonly kind: 'running' }
  /** A stale round that still runs. */
  | { readonly kind: 'cancelling'; readonly burst: Burst }
  /** Interrupted, and the round still runs. */
  | { readonly kind: 'ending' }
  | { readonly kind: 'ended' };

export interface Burst {
  /** Distinct, in the order in which they were seen; at most `MAX_NAMED`. */
  readonly paths: readonly string[];
  /** When it is over, unless something else changes. */
  readonly quietAtMs: number;
}

/** Of a burst more are not told apart. */
export const MAX_NAMED = 1000;

export type WatchEvent =
  | { readonly kind: 'changed'; readonly path: string; readonly atMs: number }
  /** The time that a `wake` asked for, or a later or an earlier one. */
  | { readonly kind: 'woken'; readonly atMs: number }
  | { readonly kind: 'round-ended'; readonly atMs: number }
  | { readonly kind: 'interrupted' };

export type WatchAction =
  /** @param because Empty for the first round. */
  | { readonly kind: 'start'; readonly because: readonly string[] }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'end'; readonly wasRunning: boolean };

export interface WatchStep {
  readonly state: WatchState;
  readonly actions: readonly WatchAction[];
}

/** Begins with a round. */
export const firstStep: WatchStep = { state: { kind: 'running' }, actions: [{ kind: 'start', because: [] }] };

export function nextStep(state: WatchState, event: WatchEvent): WatchStep {
  switch (event.kind) {
    case 'changed':
      return onChanged(state, event.path, event.atMs);
    case 'woken':
      return state.kind === 'settling' ? settle(state.burst, event.atMs) : stay(state);
    case 'round-ended':
      return onRoundEnded(state, event.atMs);
    case 'interrupted':
      return onInterrupted(state);
  }
}

function onChanged(state: WatchState, path: string, atMs: number): WatchStep {
  switch (state.kind) {
    case 'waiting': {
      const burst = { paths: [path], quietAtMs: atMs + QUIET_MS };
      return { state: { kind: 'settling', burst }, actions: [{ kind: 'wake', atMs: burst.quietAtMs }] };
    }
    case 'running':
      return {
        state: { kind: 'cancelling', burst: { paths: [path], quietAtMs: atMs + QUIET_MS } },
        actions: [{ kind: 'cancel' }],
      };
    case 'settling':
    case 'cancelling':
      // Whoever settles has asked to be woken, and then finds that it is too early.
      return stay({ ...state, burst: withPath(state.burst, path, atMs) });
    case 'ending':
    case 'ended':
      return stay(state);
  }
}

function withPath({ paths, quietAtMs }: Burst, path: string, atMs: number): Burst {
  const isNew = paths.length < MAX_NAMED && !paths.includes(path);
  return { paths: isNew ? [...paths, path] : paths, quietAtMs: Math.max(quietAtMs, atMs + QUIET_MS) };
}

function settle(burst: Burst, atMs: number): WatchStep {
  return atMs >= burst.quietAtMs
    ? { state: { kind: 'running' }, actions: [{ kind: 'start', because: burst.paths }] }
    : { state: { kind: 'settling', burst }, actions: [{ kind: 'wake', atMs: burst.quietAtMs }] };
}

function onRoundEnded(state: WatchState, atMs: number): WatchStep {
  switch (state.kind) {
    case 'running':
      return { state: { kind: 'waiting' }, actions: [{ kind: 'wait' }] };
    case 'cancelling':
      return settle(state.burst, atMs);
    case 'ending':
      return { state: { kind: 'ended' }, actions: [{ kind: 'end', wasRunning: true }] };
    case 'waiting':
    case 'settling':
    case 'ended':
      throw new Error(`Bug: a round ended while ${state.kind}`);
  }
}

function onInterrupted(state: WatchState): WatchStep {
  switch (state.kind) {
    case 'waiting':
    case 'settling':
      return { state: { kind: 'ended' }, actions: [{ kind: 'end', wasRunning: false }] };
    case 'running':
      return { state: { kind: 'ending' }, actions: [{ kind: 'cancel' }] };
    case 'cancelling':
      return stay({ kind: 'ending' });
    case 'ending':
    case 'ended':
      return stay(state);
  }
}

const stay = (state: WatchState): WatchStep => ({ state, actions: [] });
