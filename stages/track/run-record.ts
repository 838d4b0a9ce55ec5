/**
 * What is tracked of one set of results: a run.
 *
 * Names are those of the study (`f1/c#`), values have no limits: what a tracker cannot take is its own affair.
 *
 * @module
 */

import { createHash } from 'node:crypto';

/** JSON has no such numbers. */
export type MetricValue = number | 'NaN' | 'Infinity' | '-Infinity';

export interface Metric {
  readonly key: string;
  readonly value: MetricValue;
  /** 0 for a number of the whole, `YYYYMM` for one of a month. */
  readonly step: number;
  /** Milliseconds since 1970 where the number belongs to a time; else it has that of the run. */
  readonly atMs?: number;
}

export interface Dataset {
  /** From the project's root. */
  readonly path: string;
  /** MD5, hexadecimal: the one that the lock has. */
  readonly digest: string;
  readonly context: 'training' | 'watched';
  readonly questions: number;
}

/** Settings that a search tried. */
export interface CandidateRun {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
}

/** What the results are. The same results have the same fingerprint, whenever and wherever they are tracked. */
export interface Results {
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
  /** What is known of the results in words, such as the months. */
  readonly facts: Readonly<Record<string, string>>;
  readonly datasets: readonly Dataset[];
  readonly candidates: readonly CandidateRun[];
  /** SHA-256 of the model's manifest, hexadecimal: it names all of the model. */
  readonly model: string;
}

export interface RunRecord {
  /** SHA-256 of the results, hexadecimal. */
  readonly fingerprint: string;
  readonly name: string;
  /** Milliseconds since 1970, of the first time that these results were tracked. */
  readonly atMs: number;
  /** Where it was tracked: the commit, who, by what. No part of the fingerprint. */
  readonly origin: Origin;
  readonly results: Results;
}

export interface Origin {
  readonly user: string | null;
  readonly commit: string | null;
  readonly source: string;
}

export const metricValue = (value: number | null): MetricValue => {
  if (value === null || Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
};

export const fingerprintOf = (results: Results): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(results)))
    .digest('hex');

/** The keys of objects in order; lists as they are. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
