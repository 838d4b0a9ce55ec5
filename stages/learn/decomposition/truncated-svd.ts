/**
 * Truncated singular value decomposition of a sparse matrix by random projection: of documents and terms, latent
 * semantic analysis.
 *
 * @see Halko, Martinsson and Tropp, Finding structure with randomness (2011), algorithms 4.4 and 5.1; scikit-learn 1.9.1,
 *   `TruncatedSVD`. test/learn/decomposition compares with its golden values.
 * @module
 */

import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { createRandom } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';
import { type Columns, drawNormal, orthonormalize, times, transposeTimes } from './tall.ts';

export interface TruncatedSvdParams {
  /** Directions that are kept; at least 1, and no more than rows and columns. */
  readonly components: number;
  /** Power iterations: more of them tell near singular values apart; 5 do for text. At least 0. */
  readonly iterations: number;
  readonly seed: number;
}

/** `X ≈ U S V'`: V and S. */
export interface TruncatedSvd {
  readonly components: number;
  readonly columns: number;
  /**
   * V, shape (columns, components), row by row: orthonormal columns, in each the entry of the largest size is above 0
   * (scikit-learn's `svd_flip`). Those beyond the rank of X are 0.
   */
  readonly loadings: Float64Array;
  /** S, length components, falling. */
  readonly singularValues: Float64Array;
}

/** Directions that are followed beside those that are kept. */
const OVERSAMPLES = 10;

/**
 * The same bits for the same seed.
 *
 * @param X Shape (rows, columns).
 * @throws {RangeError} If there are fewer rows or columns than components.
 *
 * With l = components + 10: O(iterations (entries l + (rows + columns) l²)) time, (rows + columns) l numbers of memory.
 */
export function fitTruncatedSvd({ components, iterations, seed }: TruncatedSvdParams, X: Csr): TruncatedSvd {
  const most = Math.min(X.rows, X.columns);
  if (!(Number.isInteger(components) && components >= 1 && components <= most)) {
    throw new RangeError(
      `n_components is ${components}: ${X.rows} rows and ${X.columns} columns have up to ${most}`,
    );
  }
  const width = Math.min(most, components + OVERSAMPLES);
  const random = createRandom(`svd ${seed}`);
  let range = orthonormalize(times(X, drawNormal(X.columns, width, random)));
  for (let i = 0; i < iterations; i++) {
    const domain = orthonormalize(transposeTimes(X, range.Q));
    range = orthonormalize(times(X, domain.Q));
  }
  // B' = X' Q = P R, so that B = R' P', and the SVD of B is that of the small R' carried over by P.
  const { Q: P, R } = orthonormalize(transposeTimes(X, range.Q));
  return toLoadings(P, R, components, X.columns);
}

function toLoadings(
  P: Columns,
  R: readonly Float64Array[],
  components: number,
  columns: number,
): TruncatedSvd {
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(
    new Matrix(R.map((row) => [...row])).transpose(),
    { autoTranspose: true },
  );
  const singularValues = Float64Array.from({ length: components }, (_, j) => diagonal[j]!);
  const loadings = new Float64Array(columns * components);
  const rank = singularValues.filter((value) => value > singularValues[0]! * 1e-12).length;
  const direction = new Float64Array(columns);
  for (let j = 0; j < rank; j++) {
    direction.fill(0);
    P.forEach((column, k) => {
      const weight = rightSingularVectors.get(k, j);
      for (let c = 0; c < columns; c++) direction[c]! += weight * column[c]!;
    });
    const sign = signOfLargest(direction);
    for (let c = 0; c < columns; c++) loadings[c * components + j] = sign * direction[c]!;
  }
  return { components, columns, loadings, singularValues: singularValues.fill(0, rank) };
}

function signOfLargest(numbers: Float64Array): number {
  let largest = 0;
  for (const number of numbers) if (Math.abs(number) > Math.abs(largest)) largest = number;
  return largest < 0 ? -1 : 1;
}
