/**
 * `monitor.json`: all that the page says, as data.
 *
 * @module
 */

import type { EvidentlyColumn } from './evidently-report.ts';
import type { Inputs } from './inputs.ts';
import type { Monitoring, MonthDrift } from './monitoring.ts';
import { hasDrifted, type Status } from './status.ts';

export const toRecord = (
  { trainedOn, notice, heldOut }: Inputs,
  { months, served, tests, cusum, ewma, streams }: Monitoring,
  status: Status,
  evidently: readonly { readonly month: string; readonly columns: readonly EvidentlyColumn[] }[],
): unknown => ({
  notice,
  trained_on: trainedOn,
  status,
  reference: heldOut.scores,
  tests,
  months: months.map((month, i) => ({ ...monthRecord(month), evidently: evidently[i]?.columns ?? [] })),
  served: served && { ...served, columns: served.columns.map(columnRecord) },
  cusum,
  ewma,
  streams,
});

/** Of members the first ones. */
const columnRecord = (column: MonthDrift['columns'][number]): MonthDrift['columns'][number] =>
  column.kind === 'numbers' ? column : { ...column, members: column.members.slice(0, 20) };

function monthRecord(month: MonthDrift) {
  const { columns, text, change, falls, newTags, misses: _, tags: __, scores, ...rest } = month;
  return {
    month: month.month,
    drift: hasDrifted(month),
    scores,
    expected_f1: rest.expectedF1,
    f1_ceiling: rest.f1Ceiling,
    drift_share: rest.driftShare,
    change,
    columns: columns.map(columnRecord),
    text,
    falls: { ...falls, within_chance: falls.within_chance.length },
    new_tags: newTags,
  };
}
