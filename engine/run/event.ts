/**
 * Events: what happens during a run, in order. Reporters show them; nothing is decided there.
 *
 * @module
 */

import type { Loss } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { Change } from '../plan/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import type { StageExit } from './executors/index.ts';

export type RunEvent =
  | { readonly kind: 'recovered'; readonly stages: readonly string[]; readonly endedProcesses: number }
  | { readonly kind: 'waiting-for-lock'; readonly holder: string }
  /** Paths that it guarded are free again. */
  | { readonly kind: 'dead-holder'; readonly pid: number; readonly cmd: string }
  | { readonly kind: 'corrupt-object'; readonly digest: string }
  /** The cache has the out, but will not bring it back whole. */
  | { readonly kind: 'not-kept'; readonly out: string; readonly losses: readonly Loss[] }
  | { readonly kind: 'started'; readonly stage: ResolvedStage; readonly because: readonly Change[] }
  | { readonly kind: 'restoring'; readonly stage: ResolvedStage; readonly because: readonly Change[] }
  | { readonly kind: 'output'; readonly stage: string; readonly chunk: Uint8Array }
  | {
      readonly kind: 'progress';
      readonly stage: string;
      readonly done: number;
      readonly total: number | undefined;
      readonly note: string | undefined;
    }
  /** Its process is over; its outs are still to be kept. */
  | { readonly kind: 'ended'; readonly stage: string; readonly exit: StageExit }
  | { readonly kind: 'finished'; readonly stage: ResolvedStage; readonly outcome: StageOutcome };

export type StageOutcome =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'frozen' }
  | { readonly kind: 'restored'; readonly because: readonly Change[] }
  /** As it stands. */
  | { readonly kind: 'recorded'; readonly because: readonly Change[] }
  | { readonly kind: 'ran'; readonly because: readonly Change[]; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly why: readonly Diagnostic[] }
  /** Something that it needs failed. */
  | { readonly kind: 'skipped'; readonly upstream: readonly string[] }
  | { readonly kind: 'cancelled' };

export type Reporter = (event: RunEvent) => void;

/** Its outs stand in the workspace, made from the inputs of now. */
export const isDone = (outcome: StageOutcome): boolean =>
  outcome.kind === 'fresh' ||
  outcome.kind === 'frozen' ||
  outcome.kind === 'restored' ||
  outcome.kind === 'recorded' ||
  outcome.kind === 'ran';
