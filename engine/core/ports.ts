/**
 * Ports: time, which the engine never reads by itself.
 *
 * @module
 */

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}
