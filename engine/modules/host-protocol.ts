/**
 * What the engine and the process that runs a module say to each other.
 *
 * The job is a file, `v8.serialize`d, whose path is the process's argument; the process removes it. Reports are lines of
 * JSON on file descriptor 3.
 *
 * @module
 */

export type HostJob = RunJob | ParamsJob;

/** To evaluate the top level of modules for the schemas that they export as `params`. */
export interface ParamsJob {
  readonly kind: 'params';
  /** Paths of run bundles. */
  readonly bundles: readonly string[];
  /** Absolute; of the project. */
  readonly root: string;
}

/** To run a stage. See `StageContext` for what is handed through. */
export interface RunJob {
  readonly kind: 'run';
  /** Path of the run bundle. */
  readonly bundle: string;
  readonly stage: string;
  readonly params: unknown;
  readonly with: unknown;
  readonly deps: readonly string[];
  readonly outs: readonly string[];
  readonly threads: number;
  readonly checkpointDirectory: string;
}

export type HostReport = ParamsReport | ProgressReport | UsageReport;

/** One for each bundle, in their order. */
export type ParamsReport =
  | { readonly kind: 'params'; readonly schema?: unknown }
  | { readonly kind: 'params-failed'; readonly message: string };

export interface ProgressReport {
  readonly kind: 'progress';
  readonly done: number;
  readonly total?: number | undefined;
  readonly note?: string | undefined;
}

/** The last report of a run. */
export interface UsageReport {
  readonly kind: 'usage';
  readonly cpuMs: number;
  readonly maxRssBytes: number;
}
