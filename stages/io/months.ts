/**
 * Calendar months, written `2019-03`: the unit by which questions are collected and scored.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';

/** The pattern of a month, for the parameter schemas. */
export const MONTH_PATTERN = '^[0-9]{4}-(0[1-9]|1[0-2])$';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** Months since January of the year 0. */
export function monthNumber(month: string): number {
  if (!MONTH.test(month)) throw new StageFailure(`Not a month: "${month}"`, { hint: 'write it as 2019-03' });
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

/** The month of an ISO 8601 instant in UTC. */
export const monthOf = (instant: string): string => instant.slice(0, 7);

/** Seconds from 1970 to the first instant of the month, UTC. */
export const monthStartSeconds = (month: string): number => {
  const number = monthNumber(month);
  return Date.UTC(Math.floor(number / 12), number % 12, 1) / 1000;
};

/** The month `offset` months later. */
export function monthAt(month: string, offset: number): string {
  const number = monthNumber(month) + offset;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** The months from one to another, both ends included. */
export function monthsFrom(from: string, to: string): readonly string[] {
  const length = monthNumber(to) - monthNumber(from) + 1;
  if (length < 1)
    throw new StageFailure(`No months from ${from} to ${to}`, { hint: 'write the earlier one first' });
  return Array.from({ length }, (_, i) => monthAt(from, i));
}
