/**
 * The decision whether a sample has drifted from the reference: a test for each column that holds its level whatever the
 * number of questions, tags and words, and all columns judged together.
 *
 * @module
 */

import { adjustForMany } from '../metrics/index.ts';
import { countBins, type Histogram, type MemberCounts, type Reference } from './reference.ts';
import type { Sample } from './sample.ts';
import { compareMembers, type MemberShare, sameHistogramPValue, simesPValue } from './two-samples.ts';

export interface Comparison {
  /** Whether a column has drifted. */
  readonly drift: boolean;
  /** Least of the columns' `q`. */
  readonly p: number;
  /** In the order of the sample's columns: numbers, then sets. */
  readonly columns: readonly ColumnDrift[];
}

export type ColumnDrift = Tested & (NumberColumn | SetColumn);

interface Tested {
  readonly column: string;
  /** How often chance alone makes such a difference. */
  readonly p: number;
  /** The same, adjusted for the number of columns. */
  readonly q: number;
  /** Whether `q` is at most the rate. */
  readonly drift: boolean;
}

interface NumberColumn {
  readonly kind: 'numbers';
  readonly reference: Histogram;
  /** Over the edges of the reference. */
  readonly current: Histogram;
}

interface SetColumn {
  readonly kind: 'sets';
  readonly referenceQuestions: number;
  readonly currentQuestions: number;
  /** The members whose shares changed most by the test, at most `MOST_MEMBERS`; `q` is adjusted within the column. */
  readonly members: readonly (MemberShare & { readonly q: number })[];
}

const MOST_MEMBERS = 50;

/**
 * Compares the columns that both have.
 *
 * @param rate Of the columns said to have drifted at most this share, on average, has not; where none has, this is how
 *   often one is said to have.
 */
export function compare(reference: Reference, current: Sample, rate = 0.05): Comparison {
  const tested = compareColumns(reference, current);
  const qValues = adjustForMany(tested.map(({ p }) => p));
  const columns = tested.map((column, i): ColumnDrift => {
    const q = qValues[i]!;
    return { ...column, q, drift: q <= rate };
  });
  return { drift: columns.some(({ drift }) => drift), p: Math.min(1, ...qValues), columns };
}

/** A column before others are judged with it. */
export type ComparedColumn = Omit<Tested, 'q' | 'drift'> & (NumberColumn | SetColumn);

/** `compare` without the decision: for those who judge more than these columns together. */
export function compareColumns(reference: Reference, current: Sample): readonly ComparedColumn[] {
  return [
    ...Object.entries(current.numbers).flatMap(([column, values]) => {
      const histogram = ownValue(reference.numbers, column);
      return histogram === undefined ? [] : [compareNumbers(column, histogram, values)];
    }),
    ...Object.entries(current.sets).flatMap(([column, counts]) => {
      const members = ownValue(reference.sets, column);
      return members === undefined ? [] : [compareSets(column, members, counts, current.questions)];
    }),
  ];
}

function compareNumbers(column: string, reference: Histogram, values: Float64Array): ComparedColumn {
  const none = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  const current: Histogram = { edges: reference.edges, counts: countBins(reference.edges, values), none };
  const p = sameHistogramPValue([...reference.counts, reference.none], [...current.counts, none]);
  return { column, kind: 'numbers', p, reference, current };
}

function compareSets(
  column: string,
  reference: MemberCounts,
  current: ReadonlyMap<string, number>,
  questions: number,
): ComparedColumn {
  const shares = compareMembers(new Map(reference.members), reference.questions, current, questions);
  const pValues = shares.map(({ p }) => p);
  const qValues = adjustForMany(pValues);
  return {
    column,
    kind: 'sets',
    p: simesPValue(pValues),
    referenceQuestions: reference.questions,
    currentQuestions: questions,
    members: shares.slice(0, MOST_MEMBERS).map((share, i) => ({ ...share, q: qValues[i]! })),
  };
}

const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
