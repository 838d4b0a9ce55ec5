/**
 * A stage's process, as the run sees it. The same whatever executes it.
 *
 * @module
 */

export interface StageProcess {
  /** Never rejects. A cancelled stage is over when its whole process group is gone. */
  readonly done: Promise<StageExit>;
  /** SIGTERM to the whole process group, SIGKILL 10 s later. Resolves when the group is gone. */
  readonly cancel: () => Promise<void>;
}

export type StageExit =
  | {
      readonly kind: 'exited';
      readonly code: number;
      readonly durationMs: number;
      readonly usage: ProcessUsage;
    }
  | {
      readonly kind: 'signalled';
      readonly signal: string;
      readonly durationMs: number;
      readonly usage: ProcessUsage;
    }
  | { readonly kind: 'spawn-failed'; readonly message: string };

export interface StageHooks {
  /** For each process that is started: a command of several lines may have several, one after the other. */
  readonly onStart: (group: ProcessGroup) => void;
  /** What it wrote to stdout and stderr, in the order of writing. */
  readonly onOutput: (chunk: Uint8Array) => void;
  readonly onProgress?: (done: number, total: number | undefined, note: string | undefined) => void;
}

/** A process group, known again by another engine after a crash. */
export interface ProcessGroup {
  /** Of its leader, which is its number and that of its session too. */
  readonly pid: number;
  /** Boot and clock tick at which the leader started; empty where the system does not tell. */
  readonly startTime: string;
}

/** Undefined: not known. */
export interface ProcessUsage {
  /** User and system time. */
  readonly cpuMs: number | undefined;
  /** Of the one that had the most, of it and its descendants. */
  readonly maxRssBytes: number | undefined;
}
