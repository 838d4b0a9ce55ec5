/**
 * The record of a run: what each stage did, why, when, and what it took.
 *
 * A file of JSON for each run; part of the public interface: keys are added, never changed. Times are milliseconds,
 * offsets count from the start of the run.
 *
 * @module
 */

import type { ProcessGroup } from '../run/index.ts';

export interface RunRecord {
  readonly version: 1;
  /** UTC and a random end: `20260301-142233.512-4f2a`. They sort by time. */
  readonly id: string;
  /** The arguments of the command line. */
  readonly args: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The commit that was checked out. */
  readonly revision: string | undefined;
  readonly jobs: number;
  /** The process that ran it. */
  readonly engine: ProcessGroup;
  readonly end: RunEnd;
  /** Those that something was done or to be done for, in plan order. */
  readonly stages: readonly StageRecord[];
  /** Stages that were up to date, or are frozen. */
  readonly unchanged: readonly string[];
}

export type RunEnd =
  /** Still going on, or the engine was killed. */
  | { readonly kind: 'open'; readonly seenMs: number }
  | { readonly kind: 'ended'; readonly exitCode: number; readonly durationMs: number };

export interface StageRecord {
  readonly name: string;
  readonly group: string | undefined;
  /** What was decided before anything ran. */
  readonly verdict: string;
  readonly outcome: StageRecordOutcome;
  readonly because: readonly ChangeRecord[];
  /** The stages of this record that it needs. */
  readonly needs: readonly string[];
  readonly startMs: number | undefined;
  /** From its start until its outs were kept. */
  readonly durationMs: number | undefined;
  readonly cpuMs: number | undefined;
  readonly maxRssBytes: number | undefined;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly errors: readonly string[];
}

export type StageRecordOutcome =
  | 'waiting'
  | 'running'
  | 'restoring'
  | 'ran'
  | 'restored'
  | 'recorded'
  | 'failed'
  | 'skipped'
  | 'cancelled';

/** A reason: in words, and with what makes it up. */
export type ChangeRecord = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly text: string;
};

/** How a run came out, for people. */
export type RunResult = 'done' | 'failed' | 'interrupted' | 'running' | 'killed';

/** @param isAlive Whether the engine that wrote it still runs. */
export function resultOf({ end, engine }: RunRecord, isAlive: (engine: ProcessGroup) => boolean): RunResult {
  if (end.kind === 'open') return isAlive(engine) ? 'running' : 'killed';
  if (end.exitCode === 0) return 'done';
  return end.exitCode === INTERRUPTED ? 'interrupted' : 'failed';
}

const INTERRUPTED = 130;

/** How long it took; as far as is known, where it did not end. */
export const durationOf = ({ end }: RunRecord): number =>
  end.kind === 'ended' ? end.durationMs : end.seenMs;

/** @param randomHex Four digits. */
export function runId(startedMs: number, randomHex: string): string {
  const iso = new Date(startedMs).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 23).replaceAll(':', '')}-${randomHex}`;
}
