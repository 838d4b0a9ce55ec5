/**
 * One axis of a parallel-coordinates plot: where each value stands between 0 and 1.
 *
 * @module
 */
import { short } from '../../../page/index.ts';

export interface Axis {
  readonly name: string;
  /** As they are read. */
  readonly values: readonly string[];
  /** In [0, 1], the same order; undefined for an empty value among numbers. */
  readonly positions: readonly (number | undefined)[];
  readonly ticks: readonly { readonly position: number; readonly label: string }[];
}

/** Numbers that span so many times their least are drawn by their logarithm. */
const LOGARITHMIC = 20;

const MOST_CATEGORIES = 8;

/** Numbers stand by their size, other values apart from each other, in the order of their text. */
export function axisOf(name: string, values: readonly string[]): Axis {
  const numbers = values.map((value) => (value === '' ? undefined : Number(value)));
  const defined = numbers.filter((value) => value !== undefined);
  const isNumeric = defined.length > 0 && defined.every(Number.isFinite);
  return isNumeric ? numericAxis(name, numbers, defined) : categoricalAxis(name, values);
}

function numericAxis(
  name: string,
  numbers: readonly (number | undefined)[],
  defined: readonly number[],
): Axis {
  const [low, high] = [Math.min(...defined), Math.max(...defined)];
  const isLog = low > 0 && high / low >= LOGARITHMIC;
  const scale = (value: number): number => (isLog ? Math.log(value) : value);
  const span = scale(high) - scale(low);
  const positionOf = (value: number): number => (span === 0 ? 0.5 : (scale(value) - scale(low)) / span);
  const middle = isLog ? Math.sqrt(low * high) : (low + high) / 2;
  const ticks = span === 0 ? [low] : [low, middle, high];
  return {
    name,
    values: numbers.map((value) => (value === undefined ? 'none' : short(value))),
    positions: numbers.map((value) => (value === undefined ? undefined : positionOf(value))),
    ticks: ticks.map((value) => ({ position: positionOf(value), label: short(value) })),
  };
}

function categoricalAxis(name: string, values: readonly string[]): Axis {
  const shown = values.map((value) => (value === '' ? 'none' : value));
  const kinds = [...new Set(shown)].sort();
  const positionOf = (kind: string): number =>
    kinds.length === 1 ? 0.5 : kinds.indexOf(kind) / (kinds.length - 1);
  const labelled = kinds.length > MOST_CATEGORIES ? [kinds[0]!, kinds.at(-1)!] : kinds;
  return {
    name,
    values: shown,
    positions: shown.map(positionOf),
    ticks: labelled.map((label) => ({ position: positionOf(label), label })),
  };
}
