/**
 * What to do about the model.
 *
 * @module
 */

import { monthAt, monthStartSeconds } from '../io/index.ts';
import type { Monitoring } from './monitoring.ts';

export interface Gates {
  /** Of the last month; null: none. */
  readonly f1_micro_below: number | null;
  readonly drift_share_above: number | null;
  /** From the end of the training months to that of the last watched one. */
  readonly stale_days: number | null;
  /** Whether a gate that is not passed fails the run. */
  readonly fail: boolean;
}

/** Recorded as a metric: every key a number, a text or null. */
export interface Status {
  /** Healthy: nothing has drifted. Watch: something has. Retrain: a gate is not passed. */
  readonly status: 'healthy' | 'watch' | 'retrain';
  /** 0, 1 or 2: the same as a number. */
  readonly level: number;
  readonly month: string | null;
  readonly f1_micro: number | null;
  readonly f1_micro_expected: number | null;
  readonly f1_micro_change: number | null;
  readonly drift_share: number | null;
  readonly stale_days: number;
  readonly months_drifted: number;
  readonly first_drifted_month: string | null;
  /** Questions that a server answered, as far as they are in a log; null: there is none. */
  readonly served_questions: number | null;
  /** Of these questions the columns that have drifted. */
  readonly served_columns_drifted: number;
  readonly tags_fallen: number;
  readonly new_tags: number;
  readonly f1_ceiling: number | null;
  readonly cusum: number | null;
  readonly cusum_q: number;
  /** Gates that are not passed, in words. */
  readonly failed_gates: string;
}

const DAY = 86_400;

export function decideStatus({ months, served, cusum }: Monitoring, gates: Gates, trainedTo: string): Status {
  const last = months.at(-1);
  const end = (month: string): number => monthStartSeconds(monthAt(month, 1));
  const staleDays = last === undefined ? 0 : (end(last.month) - end(trainedTo)) / DAY;
  const drifted = months.filter(hasDrifted);
  const servedDrifted = served?.columns.filter(({ drift }) => drift).length ?? 0;
  const f1 = last?.scores.f1_micro ?? null;
  const failed = [
    gates.f1_micro_below !== null && f1 !== null && f1 < gates.f1_micro_below
      ? `micro F1 ${f1.toFixed(3)} is below ${gates.f1_micro_below}`
      : '',
    gates.drift_share_above !== null && last !== undefined && last.driftShare > gates.drift_share_above
      ? `drift share ${last.driftShare.toFixed(2)} is above ${gates.drift_share_above}`
      : '',
    gates.stale_days !== null && staleDays > gates.stale_days
      ? `${staleDays} days since training are more than ${gates.stale_days}`
      : '',
  ].filter((text) => text !== '');
  const hasAnyDrifted = drifted.length > 0 || servedDrifted > 0 || cusum.drift;
  const status = failed.length > 0 ? 'retrain' : hasAnyDrifted ? 'watch' : 'healthy';
  return {
    status,
    level: ['healthy', 'watch', 'retrain'].indexOf(status),
    month: last?.month ?? null,
    f1_micro: f1,
    f1_micro_expected: last?.expectedF1 ?? null,
    f1_micro_change: last?.change?.value ?? null,
    drift_share: last?.driftShare ?? null,
    stale_days: staleDays,
    months_drifted: drifted.length,
    first_drifted_month: drifted[0]?.month ?? null,
    served_questions: served?.questions ?? null,
    served_columns_drifted: servedDrifted,
    tags_fallen: last?.falls.drift === true ? last.falls.fallen.length : 0,
    new_tags: last?.newTags.length ?? 0,
    f1_ceiling: last?.f1Ceiling ?? null,
    cusum: cusum.sums.at(-1) ?? null,
    cusum_q: cusum.q,
    failed_gates: failed.join('; '),
  };
}

/** Whether something of the month has drifted, in its data or in the model's scores. */
export const hasDrifted = ({ driftShare, change, falls }: Monitoring['months'][number]): boolean =>
  driftShare > 0 || change?.drift === true || falls.drift;
