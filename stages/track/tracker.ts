/**
 * Where runs go: the port that a tracker implements.
 *
 * @module
 */

import type { RunRecord } from './run-record.ts';

/** A file that belongs to a run. */
export interface Artifact {
  /** As the tracker is to name it, with `/`. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** Something to tell a tracker. Each may be told again: it is done once. */
export type Message =
  | {
      readonly kind: 'run';
      readonly run: RunRecord;
      readonly artifacts: readonly Artifact[];
      /** The files of the model. */
      readonly model: readonly Artifact[];
    }
  /** From now on the model with this digest (`Results.model`) is the one in use. */
  | { readonly kind: 'champion'; readonly model: string };

export interface Tracker {
  /**
   * @param signal Aborted when there is no more time: what was told so far stays, and is found again the next time.
   * @throws {TrackerFailure} If the tracker cannot be told.
   */
  readonly tell: (message: Message, signal: AbortSignal) => Promise<void>;
}

/** Why a tracker was not told. */
export class TrackerFailure extends Error {
  override readonly name = 'TrackerFailure';
  /** `unavailable`: nothing can be told to it at the moment. `refused`: it does not take this. */
  readonly kind: 'unavailable' | 'refused';

  constructor(kind: 'unavailable' | 'refused', message: string) {
    super(message);
    this.kind = kind;
  }
}
