/**
 * A forecast in words.
 *
 * @module
 */

import type { Estimate, Forecast } from '../../runs/index.ts';
import { listText } from '../change-text.ts';
import { durationText } from '../run-reporter.ts';

/** Lines, the last one without a line break; empty for a plan in which nothing is going to run. */
export function forecastText({ jobs, certain, atMost, durations }: Forecast): string {
  if (durations.size === 0) return '';
  const most = atMost ?? certain;
  if (most.unknown.length === durations.size)
    return `Expected: not known yet, ${howMany(most.unknown)} timed`;
  const lines = [`Expected: ${timeText(certain, atMost)} ${jobsText(jobs)}`];
  const { names, durationMs } = most.criticalPath;
  if (names.length > 1) lines.push(`Critical path: ${pathText(names)} (${durationText(durationMs)})`);
  if (most.unknown.length > 0) lines.push(`Not known: how long ${listText(most.unknown)} ${take(most)}`);
  return lines.join('\n');
}

/** Keys are added, never changed. */
export function forecastJson({ jobs, certain, atMost }: Forecast): object {
  const estimate = ({ durationMs, criticalPath, unknown }: Estimate): object => ({
    expectedMs: Math.round(durationMs),
    criticalPath: criticalPath.names,
    criticalPathMs: Math.round(criticalPath.durationMs),
    unknown,
  });
  return {
    jobs,
    ...estimate(certain),
    withPending: atMost === undefined ? null : estimate(atMost),
  };
}

function timeText(certain: Estimate, atMost: Estimate | undefined): string {
  const least = `${certain.unknown.length > 0 ? 'more than ' : ''}${durationText(certain.durationMs)}`;
  if (atMost === undefined) return least;
  const most = `${atMost.unknown.length > 0 ? 'more than ' : ''}${durationText(atMost.durationMs)}`;
  if (certain.durationMs === 0) return `up to ${most}, if all that is pending runs,`;
  return most === least ? least : `${least}, up to ${most} if all that is pending runs,`;
}

const jobsText = (jobs: number): string => (jobs === 1 ? 'one stage at a time' : `with ${jobs} jobs`);

const howMany = (unknown: readonly string[]): string =>
  unknown.length === 1 ? 'the stage was never' : `the ${unknown.length} stages were never`;

const take = ({ unknown }: Estimate): string => (unknown.length === 1 ? 'takes' : 'take');

const SHOWN = 8;

/** A long one without its middle. */
function pathText(names: readonly string[]): string {
  if (names.length <= SHOWN) return names.join(' -> ');
  const half = SHOWN / 2;
  const left = names.length - SHOWN;
  return [...names.slice(0, half), `(${left} more)`, ...names.slice(-half)].join(' -> ');
}
