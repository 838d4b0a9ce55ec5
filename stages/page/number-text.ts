/**
 * Numbers as people read them; the same text wherever the page is made.
 *
 * @module
 */

import type { Estimate } from '../learn/metrics/index.ts';

const MINUS = '−';

/** Three digits after the point, or a dash. */
export const decimal = (value: number | null): string =>
  value === null ? '–' : value.toFixed(3).replace('-', MINUS);

/** The same with its sign. */
export const signed = (value: number): string => (value > 0 ? '+' : '') + decimal(value);

/** `0.601 to 0.647`. */
export const interval = ({ low, high }: Pick<Estimate, 'low' | 'high'>): string =>
  `${decimal(low)} to ${decimal(high)}`;

/** `12,345`. */
export const whole = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** At most three digits that count: `0.0125`, `12.5`, `2.5e-7`. */
export function short(value: number): string {
  const text = String(Number(value.toPrecision(3)));
  return text.replace('-', MINUS);
}

/** `1 tag`, `2 tags`. */
export const counted = (count: number, noun: string): string =>
  `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
