/**
 * Questions with scores and true tags, made up.
 *
 * @module
 */

import fc from 'fast-check';
import type { DecisionSettings } from '../../../stages/learn/decision/index.ts';
import type { LabelMatrix } from '../../../stages/learn/labels/index.ts';

export interface Scored {
  readonly scores: Float64Array;
  readonly Y: LabelMatrix;
}

/** @param rows For each question the score of each label, and 1 where it is true. */
export function scored(rows: readonly (readonly (readonly [score: number, truth: number])[])[]): Scored {
  return {
    scores: Float64Array.from(rows.flatMap((row) => row.map(([score]) => score))),
    Y: labelMatrix(
      rows.map((row) => row.map(([, truth]) => truth)),
      rows[0]?.length ?? 0,
    ),
  };
}

export function labelMatrix(rows: readonly (readonly number[])[], labels: number): LabelMatrix {
  const indptr = new Uint32Array(rows.length + 1);
  const indices: number[] = [];
  rows.forEach((row, i) => {
    row.forEach((truth, label) => {
      if (truth === 1) indices.push(label);
    });
    indptr[i + 1] = indices.length;
  });
  return { rows: rows.length, labels, indptr, indices: Uint32Array.from(indices) };
}

/** The labels of each question. */
export const rowsOf = ({ rows, indptr, indices }: LabelMatrix): readonly (readonly number[])[] =>
  Array.from({ length: rows }, (_, i) => [...indices.subarray(indptr[i], indptr[i + 1])]);

/** Few questions of few labels; scores on a coarse grid, so that many are equal. */
export const scoredQuestions: fc.Arbitrary<Scored> = fc.integer({ min: 1, max: 3 }).chain((labels) =>
  fc
    .array(
      fc.array(
        fc.tuple(
          fc.integer({ min: -3, max: 3 }).map((score) => score / 2),
          fc.integer({ min: 0, max: 1 }),
        ),
        { minLength: labels, maxLength: labels },
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map(scored),
);

export const SETTINGS: DecisionSettings = {
  kind: 'global',
  folds: 2,
  threshold: 0,
  top_k: 1,
  min_support: 1,
  at_least_one: false,
  max_tags: null,
};

export const limits = fc.record({
  at_least_one: fc.boolean(),
  max_tags: fc.constantFrom(null, 1, 2),
});
