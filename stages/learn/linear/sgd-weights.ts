/**
 * Weights that are scaled as a whole, and averaged, without touching all of them at each step.
 *
 * @see Bottou, Stochastic gradient descent tricks (2012), section 5.
 * @module
 */

import { type Csr, dotRow } from '../sparse/index.ts';

export interface SgdWeights {
  readonly dot: (row: number) => number;
  readonly scale: (factor: number) => void;
  /** Adds a row of X, `by` times. */
  readonly add: (row: number, by: number) => void;
  /** Takes the weights into the mean, after they were scaled and `by` times the row was added. */
  readonly average: (row: number, by: number, step: number) => void;
  /** Draws the weights of the row's columns towards 0 by what of the penalty they have not had yet, not past it. */
  readonly cut: (row: number, penalty: number) => void;
  /**
   * Sums of squares and of absolute values: not of all weights, but of those of the row that was added last. So
   * scikit-learn has it, and so it stops.
   */
  readonly squared: () => number;
  readonly absolute: () => number;
  readonly result: () => Float64Array;
}

/** Below it the scale goes into the weights. */
const SMALLEST_SCALE = 1e-9;

/**
 * @param averages Whether `result` is the mean.
 * @param cuts Whether there is a penalty to `cut` by.
 */
export function createSgdWeights(X: Csr, averages: boolean, cuts: boolean): SgdWeights {
  const { indptr, indices, values, columns } = X;
  const weights = new Float64Array(columns);
  const mean = new Float64Array(averages ? columns : 0);
  const had = new Float64Array(cuts ? columns : 0);
  let [scale, squared, absolute] = [1, 0, 0];
  // The mean is (mean + share * weights) / divisor.
  let [share, divisor] = [0, 1];
  const settle = (): void => {
    for (let j = 0; j < mean.length; j++) mean[j] = (mean[j]! + share * weights[j]!) / divisor;
    [share, divisor] = [0, 1];
    for (let j = 0; j < columns; j++) weights[j]! *= scale;
    scale = 1;
  };
  return {
    dot: (row) => scale * dotRow(X, row, weights),
    scale: (factor) => {
      scale *= factor;
      squared *= factor * factor;
      absolute *= factor;
      if (scale < SMALLEST_SCALE) settle();
    },
    add: (row, by) => {
      [squared, absolute] = [0, 0];
      for (let k = indptr[row]!; k < indptr[row + 1]!; k++) {
        const weight = weights[indices[k]!]! + values[k]! * (by / scale);
        weights[indices[k]!] = weight;
        squared += weight * weight;
        absolute += Math.abs(weight);
      }
      squared *= scale * scale;
      absolute *= scale;
    },
    average: (row, by, step) => {
      for (let k = indptr[row]!; k < indptr[row + 1]!; k++) {
        mean[indices[k]!]! -= share * values[k]! * (by / scale);
      }
      if (step > 1) divisor /= 1 - 1 / step;
      share += (divisor * scale) / step;
    },
    cut: (row, penalty) => {
      for (let k = indptr[row]!; k < indptr[row + 1]!; k++) {
        const column = indices[k]!;
        const was = weights[column]!;
        let is = was;
        if (was > 0) is = Math.max(0, was - (penalty + had[column]!) / scale);
        else if (was < 0) is = Math.min(0, was + (penalty - had[column]!) / scale);
        weights[column] = is;
        had[column]! += scale * (is - was);
      }
    },
    squared: () => squared,
    absolute: () => absolute,
    result: () => {
      settle();
      return averages ? mean : weights;
    },
  };
}
