/**
 * What the engine and the process that runs a module say to each other.
 *
 * The job is a file, `v8.serialize`d, whose path is the process's argument; the process removes it. Reports are lines of
 * JSON on file descriptor 3.
 *
 * @module
 */

import type { ParamsJob, ParamsReport } from '../modules/index.ts';

export type HostJob = RunJob | ParamsJob;

/** See `StageContext` for what is handed through. */
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

export const REPORT_DESCRIPTOR = 3;
