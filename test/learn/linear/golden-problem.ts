/**
 * The golden problem of linear classifiers, and what scikit-learn's fitted on it.
 *
 * @module
 */

import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import type { Csr } from '../../../stages/learn/sparse/index.ts';
import { readGolden } from '../golden.ts';

interface GoldenProblem<Params> {
  readonly X: {
    readonly indptr: readonly number[];
    readonly indices: readonly number[];
    readonly data: readonly number[];
  };
  readonly n_features: number;
  /** Of each label the rows that have it. */
  readonly labels: Readonly<Record<string, readonly number[]>>;
  readonly fits: readonly {
    readonly model: string;
    readonly label: string;
    readonly params: Params;
    readonly coef: readonly number[];
    readonly intercept: number;
  }[];
}

/** @typeParam Params Those of the fits of interest. */
export const readProblem = <Params>(): GoldenProblem<Params> => readGolden('linear') as GoldenProblem<Params>;

export const readX = ({ X, n_features: columns }: GoldenProblem<unknown>): Csr => ({
  rows: X.indptr.length - 1,
  columns,
  indptr: Uint32Array.from(X.indptr),
  indices: Uint32Array.from(X.indices),
  values: Float64Array.from(X.data),
});

export const oneLabel = (rows: number, positives: readonly number[]): LabelMatrix =>
  binarizeLabels(
    ['it'],
    Array.from({ length: rows }, (_, i) => (positives.includes(i) ? ['it'] : [])),
  ).matrix;
