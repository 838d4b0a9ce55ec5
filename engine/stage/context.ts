/**
 * What a stage module sees.
 *
 * A module exports `params`, a JSON Schema (2020-12) of `context.params`, and a default async function
 * `run(context)`. It runs in its own process; what it writes to stdout and stderr is the stage's output.
 *
 * @module
 */

import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** The TypeScript type of the values that a module's `params` schema (declared `as const`) admits. */
export type ParamsOf<Schema extends JSONSchema> = FromSchema<Schema>;

export interface StageContext<Params = unknown, With = Readonly<Record<string, unknown>>> {
  /** The stage's full name, `monthly@2019-03`. */
  readonly stage: string;
  /** The stage's `params`, nested: `params: [train]` gives `context.params.train`, `params: [train.C]` `{train: {C}}`. */
  readonly params: Params;
  /** The stage's `with`, templates filled in. */
  readonly with: With;
  /** Absolute paths, in declared order (`each` unfolded in place). */
  readonly deps: readonly string[];
  /** Absolute paths: outs, then metrics, then plots, each in declared order. Their parent directories exist. */
  readonly outs: readonly string[];
  /** A line of the stage's output. */
  readonly log: (message: string) => void;
  /** Tells the engine how far the work is; `total` where it is known. */
  readonly progress: (done: number, total?: number, note?: string) => void;
  /** Aborted when the run is cancelled: leave soon, files half written do no harm. */
  readonly signal: AbortSignal;
  /** Uniform numbers in [0, 1), the same for the same stage name in every run. */
  readonly random: () => number;
  /** How many threads the module may use, at least 1; the result must not depend on it. */
  readonly threads: number;
  /**
   * Variables of the process: for keys and tokens. They are no part of what the stage is made from: nothing that it
   * writes may depend on them.
   */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Survives a crash of the same fingerprint, deleted on success. Made on first use. */
  readonly checkpointDirectory: () => string;
}
