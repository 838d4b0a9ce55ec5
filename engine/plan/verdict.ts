/**
 * Verdicts: what will happen to a stage, and why. Decided before anything runs.
 *
 * The reason travels with the decision, so that `status`, `repro --dry` and `why` can never disagree with `repro`.
 *
 * @module
 */

import type { Digest, Value } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { LockEntry } from '../lockfile/index.ts';
import type { ResolvedStage } from '../template/index.ts';

export type Verdict =
  | { readonly kind: 'fresh' }
  /** Made before from the same inputs: its outputs come from the cache. */
  | { readonly kind: 'restore'; readonly because: readonly Change[]; readonly entry: LockEntry }
  /** `because` is never empty. */
  | { readonly kind: 'run'; readonly because: readonly Change[] }
  /** Runs only if an output of one of these comes out different. */
  | { readonly kind: 'pending'; readonly on: readonly string[] }
  /** Cannot run: an input is not there, or cannot be read, or a stage that it needs is blocked. */
  | { readonly kind: 'blocked'; readonly by: readonly Diagnostic[]; readonly upstream: readonly string[] }
  /** Nothing is run: what the outs of a data source or a frozen stage are now is what is going to be recorded. */
  | { readonly kind: 'record'; readonly because: readonly Change[]; readonly entry: LockEntry }
  /** Marked `frozen`: its inputs are not looked at. */
  | { readonly kind: 'frozen' };

/** One difference between the lock and the workspace. */
export type Change =
  | { readonly kind: 'forced' }
  | { readonly kind: 'always-changed' }
  | { readonly kind: 'never-ran' }
  | { readonly kind: 'command-changed'; readonly was: string; readonly is: string }
  | { readonly kind: 'module-changed'; readonly was: string; readonly is: string }
  | { readonly kind: 'code-changed'; readonly module: string; readonly was: string; readonly is: string }
  | {
      readonly kind: 'argument-changed';
      readonly of: 'with' | 'env';
      readonly key: string;
      readonly was: Value | undefined;
      readonly is: Value | undefined;
    }
  | {
      readonly kind: 'dep-changed';
      readonly path: string;
      /** Undefined: the dep is new. */
      readonly was: Digest | undefined;
      readonly is: Digest;
    }
  /** The manifest no longer names it. */
  | { readonly kind: 'dep-removed'; readonly path: string }
  | {
      readonly kind: 'param-changed';
      readonly file: string;
      readonly key: string;
      readonly was: Value | undefined;
      readonly is: Value | undefined;
    }
  | { readonly kind: 'out-added'; readonly path: string }
  | { readonly kind: 'out-missing'; readonly path: string }
  | { readonly kind: 'out-changed'; readonly path: string; readonly was: Digest; readonly is: Digest }
  | { readonly kind: 'out-not-cached'; readonly path: string; readonly digest: Digest };

export interface PlannedStage {
  readonly stage: ResolvedStage;
  readonly verdict: Verdict;
}

export interface Plan {
  /** In plan order. */
  readonly stages: readonly PlannedStage[];
}
