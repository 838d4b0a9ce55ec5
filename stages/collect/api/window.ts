/**
 * The time that a month's questions were asked in, and whether it is over.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { monthAt, monthStartSeconds } from '../../io/index.ts';

export interface Window {
  /** Seconds since 1970, UTC, both included: the API's `fromdate` and `todate` are the earliest and latest date. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Whether no more questions can come. */
  readonly isClosed: boolean;
}

/** @throws {StageFailure} If the month is not over and that is not allowed, or has not begun. */
export function windowOf(month: string, nowMs: number, allowsOpenMonth: boolean): Window {
  const fromSeconds = monthStartSeconds(month);
  const next = monthAt(month, 1);
  const endSeconds = monthStartSeconds(next);
  const isClosed = nowMs >= endSeconds * 1000;
  const before = `end months.watch with ${monthAt(month, -1)}`;
  if (nowMs < fromSeconds * 1000) {
    throw new StageFailure(`Cannot collect ${month}: it has not begun`, { hint: before });
  }
  if (!isClosed && !allowsOpenMonth) {
    throw new StageFailure(`Cannot collect ${month}: it is not over before ${next}-01 00:00 UTC`, {
      hint: `${before}, or set collect.api.allow_open_month: true to collect what is there if it is the last month`,
    });
  }
  return { fromSeconds, toSeconds: endSeconds - 1, isClosed };
}
