/**
 * Months, written `2019-03`.
 *
 * @module
 */

/** Months since the year 0; `undefined` if the text is not a month. */
export function monthNumber(text: string): number | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 12 + Number(match[2]) - 1;
}

export function monthText(number: number): string {
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** Both ends included; none if `from` is after `to`. */
export function monthsBetween(from: number, to: number): readonly string[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => monthText(from + i));
}
