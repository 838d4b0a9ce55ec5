/**
 * Dense matrices of many rows and few columns, each column an array of its own.
 *
 * @module
 */

import type { Random } from '../random/index.ts';
import type { Csr } from '../sparse/index.ts';

/** At least one, of equal lengths. */
export type Columns = readonly Float64Array[];

/** Standard normal numbers (Box and Muller's). Shape (rows, width). */
export const drawNormal = (rows: number, width: number, random: Random): Columns =>
  Array.from({ length: width }, () => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const radius = Math.sqrt(-2 * Math.log(1 - random()));
      column[i] = radius * Math.cos(2 * Math.PI * random());
    }
    return column;
  });

/** X A, shape (rows of X, columns of A). */
export const times = (X: Csr, A: Columns): Columns =>
  A.map((column) => {
    const product = new Float64Array(X.rows);
    for (let i = 0; i < X.rows; i++) {
      let sum = 0;
      for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) sum += X.values[k]! * column[X.indices[k]!]!;
      product[i] = sum;
    }
    return product;
  });

/** X' A, shape (columns of X, columns of A). */
export const transposeTimes = (X: Csr, A: Columns): Columns =>
  A.map((column) => {
    const product = new Float64Array(X.columns);
    for (let i = 0; i < X.rows; i++) {
      const factor = column[i]!;
      for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) product[X.indices[k]!]! += factor * X.values[k]!;
    }
    return product;
  });

/**
 * `A = Q R`, by Gram and Schmidt, every column cleared of those before it twice. A column that they make up has zeros
 * for its column of Q.
 *
 * @returns R row by row.
 * @see Giraud, Langou and Rozloznik, The loss of orthogonality in the Gram-Schmidt process (2005): twice is enough.
 *
 * O(rows width²).
 */
export function orthonormalize(A: Columns): { readonly Q: Columns; readonly R: readonly Float64Array[] } {
  const R = A.map(() => new Float64Array(A.length));
  const Q: Float64Array[] = [];
  for (const [j, given] of A.entries()) {
    const column = given.slice();
    const before = Math.sqrt(dot(column, column));
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        const part = dot(Q[i]!, column);
        addTimes(column, -part, Q[i]!);
        R[i]![j]! += part;
      }
    }
    const length = Math.sqrt(dot(column, column));
    const isMadeUp = length <= before * 1e-13;
    R[j]![j] = isMadeUp ? 0 : length;
    for (let i = 0; i < column.length; i++) column[i] = isMadeUp ? 0 : column[i]! / length;
    Q.push(column);
  }
  return { Q, R };
}

/** Summed in four parts side by side, then those. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

function addTimes(target: Float64Array, factor: number, column: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * column[i]!;
}
