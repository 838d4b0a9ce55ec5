/**
 * A sample as it is remembered to compare others with: histograms and counts, no question's own value.
 *
 * @module
 */

import { compareCodePoints } from '../text/index.ts';
import type { Sample } from './sample.ts';

/** In this form it stands in `reference.json`. */
export interface Reference {
  readonly numbers: Readonly<Record<string, Histogram>>;
  readonly sets: Readonly<Record<string, MemberCounts>>;
}

export interface Histogram {
  /** Ascending: bin `i` ends with `edges[i]`, which belongs to it; one more bin holds what is above the last. */
  readonly edges: readonly number[];
  /** Length edges + 1. */
  readonly counts: readonly number[];
  /** Questions without a value. */
  readonly none: number;
}

export interface MemberCounts {
  readonly questions: number;
  /** Questions with each member, by name. */
  readonly members: readonly (readonly [name: string, questions: number])[];
}

/** Bins of a histogram, where so many values are told apart: each with about as many questions. */
const BINS = 40;

export const fitReference = ({ questions, numbers, sets }: Sample): Reference => ({
  numbers: mapValues(numbers, fitHistogram),
  sets: mapValues(sets, (counts) => ({
    questions,
    members: [...counts].sort(([a], [b]) => compareCodePoints(a, b)),
  })),
});

function fitHistogram(values: Float64Array): Histogram {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const quantiles = Array.from(
    { length: BINS - 1 },
    (_, k) => sorted[Math.ceil(((k + 1) * sorted.length) / BINS) - 1]!,
  );
  const edges = sorted.length === 0 ? [] : [...new Set(quantiles)].filter((edge) => edge < sorted.at(-1)!);
  return { edges, counts: countBins(edges, sorted), none: values.length - sorted.length };
}

/** Length edges + 1; values that are NaN are not counted. */
export function countBins(edges: readonly number[], values: Float64Array): readonly number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) if (!Number.isNaN(value)) counts[binOf(edges, value)]!++;
  return counts;
}

/** The first edge that is not below the value. */
function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A) => B,
): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
